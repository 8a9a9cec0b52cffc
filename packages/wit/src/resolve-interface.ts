import type { WitInterfaceDeclaration, WitInterfaceItem, WitUse } from "./ast.ts";
import type { WitFunction, WitInterface, WitType } from "./model.ts";
import { nearestName } from "./nearest-name.ts";
import type { Catalog, CatalogEntry, CatalogSource } from "./resolve-catalog.ts";
import { resolveFunction, resolveResourceFunctions } from "./resolve-functions.ts";
import { TypeScope } from "./resolve-scope.ts";
import { resolveDeclaration } from "./resolve-types.ts";
import { WitError } from "./wit-error.ts";

/** An interface and the interfaces whose types it uses. */
export interface ResolvedInterface {
  readonly interface: WitInterface;
  readonly uses: readonly ResolvedInterface[];
}

/** Resolves interfaces, each once. */
export class InterfaceResolver {
  readonly #catalog: Catalog;
  readonly #resolved = new Map<string, ResolvedInterface>();
  /** Identifiers of the interfaces that are being resolved, outermost first. */
  readonly #pending: string[] = [];

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  /** @throws WitError `cycle` when the interface uses itself, by however many others. */
  resolve({ id, declaration, source }: CatalogEntry<WitInterfaceDeclaration>): ResolvedInterface {
    const known = this.#resolved.get(id);
    if (known !== undefined) return known;
    if (this.#pending.includes(id)) {
      const chain = [...this.#pending.slice(this.#pending.indexOf(id)), id].join("` → `");
      const problem = `interfaces use each other in a circle: \`${chain}\`; move what they share to a third one`;
      throw new WitError("cycle", problem, { file: source.file, at: declaration.at, text: declaration.name });
    }
    this.#pending.push(id);
    const resolved = this.inline(id, declaration.items, source);
    this.#pending.pop();
    this.#resolved.set(id, resolved);
    return resolved;
  }

  /** An interface that is written in a world, or the body of any other. */
  inline(id: string, declared: readonly WitInterfaceItem[], source: CatalogSource): ResolvedInterface {
    const items = declared.filter((item) => this.#catalog.isEnabled(item));
    const scope = new TypeScope(source.file);
    const uses = new Set<ResolvedInterface>();
    for (const item of items) {
      if (item.kind === "use") uses.add(this.use(item, scope, source));
      else if (item.kind === "func") scope.define(item.name, item.at);
      else scope.define(item.name, item.at, () => resolveDeclaration(item, id, scope));
    }
    const functions = new Map<string, WitFunction>();
    for (const item of items) {
      for (const each of this.functions(item, scope)) functions.set(each.name, each);
    }
    const resources = items.filter(({ kind }) => kind === "resource").flatMap(nameOf);
    return { interface: { id, types: scope.types(), resources, functions }, uses: [...uses] };
  }

  /** The functions that an item declares: itself, or those of a resource. */
  functions(item: WitInterfaceItem, scope: TypeScope): readonly WitFunction[] {
    if (item.kind === "func") return [resolveFunction(item, scope)];
    if (item.kind !== "resource") return [];
    const enabled = item.items.filter((each) => this.#catalog.isEnabled(each));
    return resolveResourceFunctions(item.name, enabled, scope);
  }

  /** Brings the names of a `use` into a scope. */
  use({ path, names }: WitUse, scope: TypeScope, source: CatalogSource): ResolvedInterface {
    const used = this.resolve(this.#catalog.find("interface", path, source));
    for (const { name, as = name, at } of names) {
      const type = used.interface.types.get(name);
      if (type === undefined) {
        const problem = `interface \`${used.interface.id}\` has no type \`${name}\``;
        const nearest = nearestName(name, used.interface.types.keys());
        throw scope.error("unknown-name", problem, name, at ?? path.at, nearest);
      }
      scope.define(as, at, (): WitType => type);
    }
    return used;
  }
}

function nameOf(item: WitInterfaceItem): readonly string[] {
  return "name" in item ? [item.name] : [];
}
