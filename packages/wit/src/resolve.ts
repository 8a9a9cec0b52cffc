import type { WitFile, WitInterfaceDeclaration, WitWorldDeclaration } from "./ast.ts";
import type { WitInterface, WitWorld } from "./model.ts";
import { nearestName } from "./nearest-name.ts";
import { Catalog, type CatalogEntry } from "./resolve-catalog.ts";
import { InterfaceResolver } from "./resolve-interface.ts";
import { WorldResolver } from "./resolve-world.ts";
import { WitError } from "./wit-error.ts";
import { parseWitId } from "./wit-id.ts";

export interface ResolveWitOptions {
  /**
   * Features whose `@unstable` declarations are part of the model; all others are left out, as `wasm-tools` does.
   * @default none
   */
  readonly features?: readonly string[];
}

/** A set of WIT packages in which every name has been looked up. */
export interface WitModel {
  /** Identifiers of all packages, e.g. `wasi:io@0.2.0`, in the order of the files. */
  readonly packages: readonly string[];
  /** Identifiers of all interfaces. */
  readonly interfaces: readonly string[];
  /** Identifiers of all worlds. */
  readonly worlds: readonly string[];
  /** The interface that `ns:pkg/name@version` means; a compatible version will do, and so will none. */
  interface(id: string): WitInterface | undefined;
  /**
   * A world: `ns:pkg/name@version` (a compatible version will do), or a plain name in the package of the first file.
   *
   * @param id May be left out when the package of the first file has just one world.
   * @throws WitError `unknown-name`
   */
  world(id?: string): WitWorld;
}

/**
 * Looks up every name in a set of WIT files: the files of one package are merged, `use` and `include` are followed, and a
 * reference to a package is satisfied by a compatible version of it.
 *
 * The text that `componentWit` of jco prints for a component is one such file.
 *
 * @throws WitError for the first unknown or doubly declared name, cycle, or type that Golem 1.2 does not have.
 */
export function resolveWit(files: readonly WitFile[], { features = [] }: ResolveWitOptions = {}): WitModel {
  const catalog = new Catalog(files, new Set(features));
  const interfaceResolver = new InterfaceResolver(catalog);
  const worldResolver = new WorldResolver(catalog, interfaceResolver);
  const interfaces = new Map<string, WitInterface>();
  const worlds = new Map<string, WitWorld>();
  for (const entry of catalog.packages.flatMap((each) => [...each.entries.values()])) {
    if (isWorld(entry)) worlds.set(entry.id, worldResolver.resolve(entry));
    else if (isInterface(entry)) interfaces.set(entry.id, interfaceResolver.resolve(entry).interface);
  }

  /** The identifier that a looser spelling of it means. */
  function exactId(id: string): string | undefined {
    const parts = parseWitId(id);
    const owner = parts === undefined ? catalog.main : catalog.package(parts.package, parts.version);
    return owner?.entries.get(parts?.name ?? id)?.id;
  }

  function onlyWorldOfMain(): string {
    const own = [...(catalog.main?.entries.values() ?? [])].filter(isWorld).map((entry) => entry.id);
    if (own.length === 1 && own[0] !== undefined) return own[0];
    const problem =
      own.length === 0
        ? "the package of the first file has no world"
        : `several worlds to choose from: ${own.join(", ")}; say which`;
    throw new WitError("unknown-name", problem, { file: files[0]?.file ?? "<no file>", text: "" });
  }

  return {
    packages: catalog.packages.map((each) => each.id),
    interfaces: [...interfaces.keys()],
    worlds: [...worlds.keys()],
    interface: (id) => interfaces.get(id) ?? interfaces.get(exactId(id) ?? id),
    world: (id = onlyWorldOfMain()) => {
      const world = worlds.get(exactId(id) ?? id);
      if (world !== undefined) return world;
      const place = {
        file: files[0]?.file ?? "<no file>",
        text: id,
        nearest: nearestName(id, worlds.keys()),
      };
      throw new WitError("unknown-name", `there is no world \`${id}\``, place);
    },
  };
}

function isWorld(entry: CatalogEntry): entry is CatalogEntry<WitWorldDeclaration> {
  return entry.declaration.kind === "world";
}

function isInterface(entry: CatalogEntry): entry is CatalogEntry<WitInterfaceDeclaration> {
  return entry.declaration.kind === "interface";
}
