import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { BuiltComponent } from "@golem-kit/build";
import type { Component, ComponentUpload, InitialFile } from "@golem-kit/host";
import { DeploymentError } from "./deployment-error.ts";

/** Where components are deployed to: a host in this process, or a server. */
export interface ComponentRegistry {
  /** Some or all versions of the components of a name. */
  list(name: string): readonly Component[] | Promise<readonly Component[]>;
  create(name: string, upload: ComponentUpload): Promise<Component>;
  update(componentId: string, upload: ComponentUpload): Promise<Component>;
  download(componentId: string, version: number): Promise<Uint8Array>;
}

export interface Deployment {
  readonly component: Component;
  readonly change: "created" | "updated" | "unchanged";
}

/**
 * Creates the component, or adds a version if anything about it differs from the latest one.
 *
 * @throws DeploymentError if it is a library, or an initial file of it cannot be fetched
 */
export async function deploy(registry: ComponentRegistry, built: BuiltComponent): Promise<Deployment> {
  const upload = await readUpload(built);
  const latest = await latestComponent(registry, built.name);
  if (latest === undefined) {
    return { component: await registry.create(built.name, upload), change: "created" };
  }
  if (hasSameSettings(latest, upload) && (await hasSameCode(registry, latest, upload))) {
    return { component: latest, change: "unchanged" };
  }
  const { componentId } = latest.versionedComponentId;
  return { component: await registry.update(componentId, upload), change: "updated" };
}

/**
 * Deploys the components one after the other, apart from libraries: those are part of other components.
 *
 * @returns what is deployed, by name
 */
export async function deployAll(
  registry: ComponentRegistry,
  built: readonly BuiltComponent[],
): Promise<ReadonlyMap<string, Component>> {
  const components = new Map<string, Component>();
  for (const one of built) {
    if (one.componentType === "library") continue;
    components.set(one.name, (await deploy(registry, one)).component);
  }
  return components;
}

/** The latest version of the component of that name. */
export async function latestComponent(
  registry: Pick<ComponentRegistry, "list">,
  name: string,
): Promise<Component | undefined> {
  const versions = (await registry.list(name)).filter((component) => component.componentName === name);
  return versions.reduce<Component | undefined>(
    (latest, one) => (latest === undefined || version(one) > version(latest) ? one : latest),
    undefined,
  );
}

/**
 * What is uploaded of a component.
 *
 * @throws DeploymentError if it is a library, or an initial file of it cannot be fetched
 */
export async function readUpload(built: BuiltComponent): Promise<ComponentUpload> {
  if (built.componentType === "library") {
    throw new DeploymentError(
      `${built.name} is a library: it is part of other components, and not deployed by itself.`,
    );
  }
  return {
    wasm: await readFile(built.wasmPath),
    componentType: built.componentType === "durable" ? "Durable" : "Ephemeral",
    files: await Promise.all(built.files.map(readInitialFile)),
    dynamicLinking: built.dynamicLinking,
    env: built.env,
  };
}

async function readInitialFile(file: BuiltComponent["files"][number]): Promise<InitialFile> {
  return {
    path: file.targetPath,
    permissions: file.permissions,
    content: await readSource(file.sourcePath),
  };
}

/** Reads a path or a URL, as the manifest has it. */
async function readSource(source: string): Promise<Uint8Array> {
  if (!/^(https?|file):/.test(source)) return readFile(source);
  if (source.startsWith("file:")) return readFile(new URL(source));
  const response = await fetch(source);
  if (response.ok) return response.bytes();
  throw new DeploymentError(
    `The initial file ${source} cannot be fetched: the server answers ${response.status}.`,
  );
}

function hasSameSettings(deployed: Component, upload: ComponentUpload): boolean {
  return (
    deployed.componentType === upload.componentType &&
    isDeepStrictEqual(deployed.metadata.dynamicLinking, upload.dynamicLinking) &&
    hasSameEnvironment(deployed, upload) &&
    isDeepStrictEqual(filesOf(deployed.files), filesOf((upload.files ?? []).map(withKey)))
  );
}

/** Golem 1.2.0 knows no environment of components: it never has another one. */
function hasSameEnvironment({ env }: Partial<Component>, upload: ComponentUpload): boolean {
  return env === undefined || isDeepStrictEqual({ ...env }, { ...upload.env });
}

type DeployedFile = Component["files"][number];

function filesOf(files: readonly DeployedFile[]): readonly string[] {
  return files.map(({ path, permissions, key }) => `${path} ${permissions} ${key}`).toSorted();
}

/** A file's key is the hash of its content. */
function withKey({ path, permissions, content }: InitialFile): DeployedFile {
  return { path, permissions, key: createHash("sha256").update(content).digest("hex") };
}

async function hasSameCode(
  registry: ComponentRegistry,
  deployed: Component,
  { wasm }: ComponentUpload,
): Promise<boolean> {
  if (deployed.componentSize !== wasm.length) return false;
  const { componentId } = deployed.versionedComponentId;
  return Buffer.compare(await registry.download(componentId, version(deployed)), wasm) === 0;
}

function version(component: Component): number {
  return component.versionedComponentId.version;
}
