import { nearestName } from "@golem-kit/wit";
import { dirname, join, resolve } from "node:path";
import { glob } from "tinyglobby";
import type { Application, ApplicationComponent, ComponentDependency } from "./application.ts";
import { type Defined, resolveComponent, type Template } from "./component.ts";
import { type ManifestFile, readManifest } from "./manifest-file.ts";
import { programLoad } from "./program-load.ts";
import type { Manifest, ManifestComponent } from "./manifest-schema.ts";

export interface LoadApplicationOptions {
  /**
   * Build profile whose properties apply.
   * @default each component's `defaultProfile`
   */
  readonly profile?: string;
}

/**
 * Reads the `golem.yaml` of a directory and all manifests that it includes.
 *
 * @throws ManifestError with file, line and column, for the first thing that Golem's command line would refuse
 */
export async function loadApplication(
  rootDir: string,
  { profile }: LoadApplicationOptions = {},
): Promise<Application> {
  const root = await readManifest(join(resolve(rootDir), "golem.yaml"));
  const files = [root, ...(await includedManifests(root))];

  const templates = collect<Template>(files, "templates");
  const definitions = collect<ManifestComponent>(files, "components");
  const dependencies = collect<NonNullable<Manifest["dependencies"]>[string]>(files, "dependencies");
  const tempDir = single(files, "tempDir");
  const witDeps = single(files, "witDeps");

  const components = new Map<string, ApplicationComponent>();
  for (const [name, definition] of definitions) {
    const context = {
      templates,
      profile,
      tempDir: resolve(dirname(root.path), tempDir?.value ?? "golem-temp"),
      dependencies: rpcDependencies(name, dependencies.get(name), definitions),
    };
    const component = resolveComponent(name, definition, context);
    components.set(name, Object.assign(component, { load: await programLoad(component.dir) }));
  }
  for (const [name, { file }] of dependencies) {
    if (!definitions.has(name)) throw unknownComponent(name, file, ["dependencies", name], definitions);
  }
  return {
    rootDir: dirname(root.path),
    manifests: files.map(({ path }) => path),
    witDeps: (witDeps?.value ?? []).map((dir) => resolve(dirname(witDeps?.file.path ?? root.path), dir)),
    components,
  };
}

async function includedManifests(root: ManifestFile): Promise<readonly ManifestFile[]> {
  const patterns = root.content.includes ?? ["**/golem.yaml"];
  const paths = await glob(patterns, {
    cwd: dirname(root.path),
    absolute: true,
    ignore: ["**/node_modules/**"],
  });
  const files = await Promise.all(
    paths
      .map((path) => resolve(path))
      .filter((path) => path !== root.path)
      .toSorted()
      .map(readManifest),
  );
  for (const file of files) {
    if (file.content.includes !== undefined) {
      throw file.error(
        "only the root manifest may have `includes`",
        ["includes"],
        `The root is ${root.path}.`,
      );
    }
  }
  return files;
}

/** Everything that the manifests define under names of one section. */
function collect<T>(
  files: readonly ManifestFile[],
  section: "templates" | "components" | "dependencies",
): ReadonlyMap<string, Defined<T>> {
  const all = new Map<string, Defined<T>>();
  for (const file of files) {
    const entries = Object.entries(file.content[section] ?? {}) as readonly [string, T][];
    for (const [name, value] of entries) {
      const other = all.get(name)?.file.path;
      if (other !== undefined) {
        const problem = `\`${name}\` of \`${section}\` is already defined in ${other}`;
        throw file.error(problem, [section, name], "Keep one of the two.");
      }
      all.set(name, { file, value });
    }
  }
  return all;
}

/** A setting that only one manifest may have. */
function single<K extends "tempDir" | "witDeps">(
  files: readonly ManifestFile[],
  key: K,
): Defined<NonNullable<Manifest[K]>> | undefined {
  const defined = files.flatMap((file) => {
    const value = file.content[key];
    return value === undefined ? [] : [{ file, value }];
  });
  const [first, second] = defined;
  if (second !== undefined) {
    throw second.file.error(
      `\`${key}\` is already defined in ${first?.file.path}`,
      [key],
      "Keep one of the two.",
    );
  }
  return first;
}

function rpcDependencies(
  name: string,
  dependencies: Defined<NonNullable<Manifest["dependencies"]>[string]> | undefined,
  known: ReadonlyMap<string, unknown>,
): readonly ComponentDependency[] {
  if (dependencies === undefined) return [];
  const { file, value } = dependencies;
  return value.map(({ type, target }, index) => {
    const at = ["dependencies", name, index];
    if (type !== "wasm-rpc") {
      throw file.error(
        `a dependency of type \`${type}\` is not supported here`,
        [...at, "type"],
        "Use `wasm-rpc`.",
      );
    }
    if (target === undefined) throw file.error("a `wasm-rpc` dependency needs a `target`", at);
    if (!known.has(target)) throw unknownComponent(target, file, [...at, "target"], known);
    return { type, target };
  });
}

function unknownComponent(
  name: string,
  file: ManifestFile,
  at: readonly PropertyKey[],
  known: ReadonlyMap<string, unknown>,
): Error {
  const nearest = nearestName(name, known.keys());
  const remedy =
    nearest === undefined
      ? `known: ${[...known.keys()].join(", ") || "none"}`
      : `did you mean \`${nearest}\`?`;
  return file.error(`there is no component \`${name}\`; ${remedy}`, at);
}
