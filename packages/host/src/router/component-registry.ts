import { join } from "node:path";

import type { WitWorld } from "@golem-kit/wit";

import type { Component, Components, ComponentUpload, InitialFile } from "../ground/api/components.ts";
import { type SplitComponent, splitComponent } from "../engine/split-component.ts";
import { asyncExportsOf } from "../component/async-exports.ts";
import { describeComponent } from "../component/describe-component.ts";
import { componentWorld } from "../component/incoming-handler.ts";
import { findExport } from "../component/find-export.ts";
import type { Transpiler } from "../engine/transpiler.ts";
import { initialFilesProblem } from "../filesystem/initial-files.ts";
import { GolemError } from "../ground/golem-error.ts";
import { hostFunctionLookup, waitingImports } from "../interfaces/registry.ts";
import type { ComponentPackage } from "../shard/protocol.ts";
import { contentHash, readContent } from "../storage/content-file.ts";
import { Recent } from "../ground/recent.ts";
import { StorageError } from "../ground/storage-error.ts";
import { writeOnce } from "../storage/write-once.ts";
import type { ComponentStore, StoredComponent } from "../storage/component-store.ts";
import type { DataPaths } from "../storage/data-directory.ts";

/** Uploads that are kept until somebody asks for them: as a rule that is at once. */
const MOST_UPLOADS = 2;

/** Versions that are kept ready, all components together: each takes what its guests' memory begins with, some 10 MB. */
const MOST_PACKAGES = 32;

/** Every version of every component, on disk and ready to be handed to shards. */
export class ComponentRegistry implements Components {
  readonly #store: ComponentStore;
  readonly #paths: Pick<DataPaths, "components" | "files">;
  readonly #transpiler: Transpiler;
  /** Versions by component id, in order of creation. */
  readonly #versions = new Map<string, StoredComponent[]>();
  readonly #packages = new Recent<string, Promise<ComponentPackage>>(MOST_PACKAGES);
  readonly #uploads = new Recent<string, SplitComponent>(MOST_UPLOADS);
  readonly #worlds = new Recent<string, Promise<WitWorld>>(MOST_PACKAGES);

  constructor(store: ComponentStore, paths: Pick<DataPaths, "components" | "files">, transpiler: Transpiler) {
    this.#store = store;
    this.#paths = paths;
    this.#transpiler = transpiler;
    for (const stored of store.all()) this.#remember(stored);
  }

  async create(name: string, upload: ComponentUpload): Promise<Component> {
    const existing = this.#store.idOf(name);
    if (existing !== undefined)
      throw new GolemError({ type: "ComponentAlreadyExists", componentId: existing });
    return this.#add(crypto.randomUUID(), 0, name, upload);
  }

  async update(componentId: string, upload: ComponentUpload): Promise<Component> {
    const previous = this.get(componentId);
    if (previous === undefined) throw new GolemError({ type: "ComponentNotFound", componentId });
    return this.#add(
      componentId,
      previous.versionedComponentId.version + 1,
      previous.componentName,
      upload,
      previous,
    );
  }

  list(name?: string): readonly Component[] {
    const latest = [...this.#versions.values()].flatMap((versions) => versions.at(-1)?.component ?? []);
    return name === undefined ? latest : latest.filter((component) => component.componentName === name);
  }

  versions(componentId: string): readonly Component[] {
    return (this.#versions.get(componentId) ?? []).map((stored) => stored.component);
  }

  get(componentId: string, version?: number): Component | undefined {
    const versions = this.#versions.get(componentId) ?? [];
    return (version === undefined ? versions.at(-1) : versions[version])?.component;
  }

  async download(componentId: string, version?: number): Promise<Uint8Array> {
    return this.#wasm(this.#stored(componentId, version));
  }

  async fileContents(componentId: string, version: number, file: string): Promise<Uint8Array> {
    const { files } = this.#stored(componentId, version).component;
    const found = files.find(({ key, path }) => key === file || path === file);
    if (found === undefined) throw new GolemError({ type: "FileNotFound", path: file });
    return readContent(join(this.#paths.files, found.key), found.key, `the initial file ${found.path}`);
  }

  async exportedFunction(
    ...[componentId, functionName, version]: Parameters<Components["exportedFunction"]>
  ): ReturnType<Components["exportedFunction"]> {
    const world = await this.#world(this.#stored(componentId, version));
    return findExport(world, functionName).function;
  }

  /** What a shard needs to run this version; transpiled and compiled when it is first asked for. */
  package(componentId: string, version: number): Promise<ComponentPackage> {
    const key = `${componentId}@${version}`;
    let loading = this.#packages.get(key);
    if (loading === undefined) {
      loading = this.#load(this.#stored(componentId, version));
      this.#packages.set(key, loading);
      loading.catch(() => this.#packages.delete(key));
    }
    return loading;
  }

  async #load(stored: StoredComponent): Promise<ComponentPackage> {
    const { component } = stored;
    const { split, wasm } = await this.#split(stored);
    const world = await this.#world(stored, wasm);
    const lookup = hostFunctionLookup(world, component.metadata.dynamicLinking);
    const code = await this.#transpiler.load(split, {
      asyncImports: waitingImports(world, lookup),
      asyncExports: asyncExportsOf(world),
    });
    return { component, world, code };
  }

  /** @returns also its bytes, where they had to be read */
  async #split(
    stored: StoredComponent,
  ): Promise<{ readonly split: SplitComponent; readonly wasm?: Uint8Array }> {
    const kept = this.#uploads.take(stored.wasmHash);
    if (kept !== undefined) return { split: kept };
    const wasm = await this.#wasm(stored);
    return { split: splitComponent(wasm), wasm };
  }

  async #add(
    componentId: string,
    version: number,
    componentName: string,
    upload: ComponentUpload,
    previous?: Component,
  ): Promise<Component> {
    const { world, metadata } = describeComponent(upload.wasm, componentId);
    const dynamicLinking = upload.dynamicLinking ?? {};
    assertLinkable(world, dynamicLinking, componentId);
    const wasmHash = contentHash(upload.wasm);
    const written = writeOnce(this.#wasmFile(wasmHash), upload.wasm);
    // While the disk writes. It is what is wanted next, as a rule.
    const split = splitComponent(upload.wasm);
    await written;
    const component: Component = {
      versionedComponentId: { componentId, version },
      componentName,
      componentSize: upload.wasm.length,
      metadata: { ...metadata, dynamicLinking },
      createdAt: new Date().toISOString(),
      componentType: upload.componentType ?? previous?.componentType ?? "Durable",
      files:
        upload.files === undefined
          ? (previous?.files ?? [])
          : await this.#storeFiles(upload.files, componentId),
      installedPlugins: [],
      env: upload.env ?? {},
    };
    const stored = { wasmHash, component };
    this.#store.add(stored);
    this.#remember(stored);
    this.#worlds.set(keyOf(stored.component), Promise.resolve(world));
    this.#uploads.set(wasmHash, split);
    return component;
  }

  async #storeFiles(files: readonly InitialFile[], componentId: string): Promise<Component["files"]> {
    const reason = initialFilesProblem(files);
    if (reason !== undefined) throw new GolemError({ type: "ComponentParseFailed", componentId, reason });
    return Promise.all(
      files.map(async ({ path, permissions, content }) => {
        const key = contentHash(content);
        await writeOnce(join(this.#paths.files, key), content);
        return { key, path, permissions };
      }),
    );
  }

  #world(stored: StoredComponent, wasm?: Uint8Array): Promise<WitWorld> {
    const key = keyOf(stored.component);
    let world = this.#worlds.get(key);
    if (world === undefined) {
      world = Promise.resolve(wasm ?? this.#wasm(stored)).then(componentWorld);
      this.#worlds.set(key, world);
      world.catch(() => this.#worlds.delete(key));
    }
    return world;
  }

  /** @throws GolemError `ComponentParseFailed` if the file is not what was uploaded */
  async #wasm({ component, wasmHash }: StoredComponent): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await readContent(
        this.#wasmFile(wasmHash),
        wasmHash,
        `the component ${component.componentName}`,
      );
    } catch (cause) {
      if (!(cause instanceof StorageError) || !cause.isDamage) throw cause;
      const { componentId } = component.versionedComponentId;
      throw new GolemError({ type: "ComponentParseFailed", componentId, reason: cause.message }, { cause });
    }
  }

  #stored(componentId: string, version?: number): StoredComponent {
    const versions = this.#versions.get(componentId) ?? [];
    const stored = version === undefined ? versions.at(-1) : versions[version];
    if (stored !== undefined) return stored;
    throw new GolemError({
      type: "ComponentNotFound",
      componentId,
      ...(version === undefined ? {} : { version }),
    });
  }

  #remember(stored: StoredComponent): void {
    const { componentId } = stored.component.versionedComponentId;
    const versions = this.#versions.get(componentId);
    if (versions === undefined) this.#versions.set(componentId, [stored]);
    else versions.push(stored);
  }

  #wasmFile(hash: string): string {
    return join(this.#paths.components, `${hash}.wasm`);
  }
}

function keyOf({ versionedComponentId: { componentId, version } }: Component): string {
  return `${componentId}@${version}`;
}

/** Refuses what would fail at the first call: a client interface that no dynamic linking serves. */
function assertLinkable(
  world: WitWorld,
  linking: Component["metadata"]["dynamicLinking"],
  componentId: string,
): void {
  try {
    hostFunctionLookup(world, linking);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GolemError({ type: "ComponentParseFailed", componentId, reason }, { cause: error });
  }
}
