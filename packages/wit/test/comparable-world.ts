import type { WitInterface, WitWorld, WitWorldItem } from "../src/index.ts";

type Items = ReadonlyMap<string, WitWorldItem>;

/** What a component keeps of a world, in a form that can be compared: no name, no docs, no order of resources. */
export function comparable({ imports, exports }: WitWorld): { imports: Items; exports: Items } {
  return { imports: comparableItems(imports), exports: comparableItems(exports) };
}

/**
 * A world without what a WIT compiler drops from a component: imported types that nothing of the component refers to, and
 * interfaces of nothing but such types. `compiled` tells which those are.
 */
export function withoutUnused(written: WitWorld, compiled: WitWorld): WitWorld {
  const imports = new Map<string, WitWorldItem>();
  for (const [name, item] of written.imports) {
    const kept = compiled.imports.get(name);
    if (item.kind !== "interface") imports.set(name, item);
    else if (kept?.kind === "interface") imports.set(name, withTypesOf(item.interface, kept.interface));
    else if (item.interface.functions.size > 0) imports.set(name, item);
  }
  return { ...written, imports };
}

function withTypesOf(written: WitInterface, compiled: WitInterface): WitWorldItem {
  const types = [...written.types].filter(([name]) => compiled.types.has(name));
  return { kind: "interface", interface: { ...written, types: new Map(types) } };
}

function comparableItems(items: Items): Items {
  const comparable = new Map<string, WitWorldItem>();
  for (const [name, item] of items) {
    if (item.kind === "function") {
      comparable.set(name, { kind: "function", function: { ...item.function, docs: null } });
    } else {
      comparable.set(name, { kind: "interface", interface: comparableInterface(item.interface) });
    }
  }
  return comparable;
}

function comparableInterface(described: WitInterface): WitInterface {
  const functions = new Map(described.functions);
  for (const [name, each] of functions) functions.set(name, { ...each, docs: null });
  return { ...described, resources: described.resources.toSorted(), functions };
}
