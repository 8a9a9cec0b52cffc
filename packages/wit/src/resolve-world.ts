import type { WitExternDeclaration, WitInclude, WitPath, WitWorldDeclaration } from "./ast.ts";
import type { WitFunction, WitWorld, WitWorldItem } from "./model.ts";
import { nearestName } from "./nearest-name.ts";
import type { Catalog, CatalogEntry, CatalogSource } from "./resolve-catalog.ts";
import { resolveFunction } from "./resolve-functions.ts";
import type { InterfaceResolver, ResolvedInterface } from "./resolve-interface.ts";
import { TypeScope } from "./resolve-scope.ts";
import { resolveDeclaration } from "./resolve-types.ts";
import { WitError } from "./wit-error.ts";

type Extern =
  | { readonly kind: "interface"; readonly resolved: ResolvedInterface }
  | { readonly kind: "function"; readonly function: WitFunction };

/** What a world says, before the interfaces that its types come from are added. */
interface WorldItems {
  readonly imports: Map<string, Extern>;
  readonly exports: Map<string, Extern>;
}

/** Resolves worlds, each once. */
export class WorldResolver {
  readonly #catalog: Catalog;
  readonly #interfaces: InterfaceResolver;
  readonly #items = new Map<string, WorldItems>();
  readonly #worlds = new Map<string, WitWorld>();
  /** Identifiers of the worlds that are being resolved, outermost first. */
  readonly #pending: string[] = [];

  constructor(catalog: Catalog, interfaces: InterfaceResolver) {
    this.#catalog = catalog;
    this.#interfaces = interfaces;
  }

  resolve(entry: CatalogEntry<WitWorldDeclaration>): WitWorld {
    const known = this.#worlds.get(entry.id);
    if (known !== undefined) return known;
    const world = completed(entry.id, this.#resolveItems(entry));
    this.#worlds.set(entry.id, world);
    return world;
  }

  #resolveItems({ id, declaration, source }: CatalogEntry<WitWorldDeclaration>): WorldItems {
    const known = this.#items.get(id);
    if (known !== undefined) return known;
    if (this.#pending.includes(id)) {
      const chain = [...this.#pending.slice(this.#pending.indexOf(id)), id].join("` → `");
      const problem = `worlds include each other in a circle: \`${chain}\``;
      throw new WitError("cycle", problem, { file: source.file, at: declaration.at, text: declaration.name });
    }
    this.#pending.push(id);
    const items = this.#declaredItems(declaration, source);
    this.#pending.pop();
    this.#items.set(id, items);
    return items;
  }

  #declaredItems(declaration: WitWorldDeclaration, source: CatalogSource): WorldItems {
    const world: WorldItems = { imports: new Map(), exports: new Map() };
    const items = declaration.items.filter((item) => this.#catalog.isEnabled(item));
    const scope = new TypeScope(source.file);
    for (const item of items) {
      switch (item.kind) {
        case "use": {
          const resolved = this.#interfaces.use(item, scope, source);
          world.imports.set(resolved.interface.id, { kind: "interface", resolved });
          break;
        }
        case "include":
        case "import":
        case "export":
          break;
        default:
          scope.define(item.name, item.at, () => resolveDeclaration(item, null, scope));
      }
    }
    const typeNames = Array.from(scope.types().keys(), (name) => name.toLowerCase());
    const named = { imports: new Set(typeNames), exports: new Set<string>() };
    for (const item of items) {
      switch (item.kind) {
        case "use":
          break;
        case "include":
          this.#include(item, world, scope, source);
          break;
        case "import":
        case "export": {
          const side = `${item.kind}s` as const;
          const [key, extern] = this.#extern(item, scope, source);
          // An interface that a `use` or `include` brought in may be named once more.
          if (named[side].has(key.toLowerCase()) || (!key.includes(":") && world[side].has(key))) {
            throw scope.error("duplicate-name", `\`${key}\` is already in the world's ${side}`, key, item.at);
          }
          named[side].add(key.toLowerCase());
          world[side].set(key, extern);
          break;
        }
        default:
          for (const each of this.#interfaces.functions(item, scope)) {
            world.imports.set(each.name, { kind: "function", function: each });
          }
      }
    }
    return world;
  }

  #extern(
    { extern, docs, at }: WitExternDeclaration,
    scope: TypeScope,
    source: CatalogSource,
  ): [key: string, Extern] {
    switch (extern.kind) {
      case "path": {
        const resolved = this.#interfaces.resolve(this.#catalog.find("interface", extern.path, source));
        return [resolved.interface.id, { kind: "interface", resolved }];
      }
      case "interface": {
        const resolved = this.#interfaces.inline(extern.name, extern.items, source);
        return [extern.name, { kind: "interface", resolved }];
      }
      case "func": {
        const { name, signature } = extern;
        const declaration = { name, signature, ...(docs !== undefined && { docs }), ...(at && { at }) };
        return [name, { kind: "function", function: resolveFunction(declaration, scope) }];
      }
    }
  }

  #include(
    { path, renames, at }: WitInclude,
    world: WorldItems,
    scope: TypeScope,
    source: CatalogSource,
  ): void {
    const entry = this.#catalog.find("world", path, source);
    const included = this.#resolveItems(entry);
    const plain = [...included.imports.keys(), ...included.exports.keys()].filter(
      (key) => !key.includes(":"),
    );
    for (const { name, at: place } of renames) {
      if (plain.includes(name)) continue;
      const problem = `world \`${entry.id}\` has no import or export \`${name}\` to rename`;
      throw scope.error("unknown-name", problem, name, place ?? at, nearestName(name, plain));
    }
    const newNames = new Map(renames.map(({ name, as }) => [name, as]));
    merge(included.imports, world.imports, "imports");
    merge(included.exports, world.exports, "exports");

    function merge(from: ReadonlyMap<string, Extern>, to: Map<string, Extern>, side: string): void {
      for (const [key, extern] of from) {
        const name = newNames.get(key) ?? key;
        if (to.has(name) && !name.includes(":")) throw conflict(name, side, scope, path);
        to.set(name, name === key ? extern : renamed(extern, name));
      }
    }
  }
}

function conflict(name: string, side: string, scope: TypeScope, included: WitPath): WitError {
  const problem = `\`${name}\` is already in the world's ${side}; rename the included one: \`with { ${name} as … }\``;
  return scope.error("duplicate-name", problem, included.name, included.at);
}

function renamed(extern: Extern, name: string): Extern {
  if (extern.kind === "function") return { kind: "function", function: { ...extern.function, name } };
  const { resolved } = extern;
  return { kind: "interface", resolved: { ...resolved, interface: { ...resolved.interface, id: name } } };
}

/** Imports the interfaces that types come from, unless the world exports them itself. */
function completed(id: string, items: WorldItems): WitWorld {
  const imports = new Map<string, WitWorldItem>();
  const importInterface = (key: string, { interface: imported, uses }: ResolvedInterface): void => {
    if (imports.has(key)) return;
    for (const used of uses) importInterface(used.interface.id, used);
    imports.set(key, { kind: "interface", interface: imported });
  };
  const importUsed = ({ uses }: ResolvedInterface): void => {
    for (const used of uses) {
      if (!items.exports.has(used.interface.id)) importInterface(used.interface.id, used);
    }
  };
  for (const [key, extern] of items.imports) {
    if (extern.kind === "interface") importInterface(key, extern.resolved);
    else imports.set(key, extern);
  }
  const exports = new Map<string, WitWorldItem>();
  for (const [key, extern] of items.exports) {
    if (extern.kind === "interface") {
      importUsed(extern.resolved);
      exports.set(key, { kind: "interface", interface: extern.resolved.interface });
    } else {
      exports.set(key, extern);
    }
  }
  return { id, imports, exports };
}
