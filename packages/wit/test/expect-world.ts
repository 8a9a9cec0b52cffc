import { expect } from "vitest";
import type { WitFunction, WitInterface, WitWorld, WitWorldItem } from "../src/index.ts";

/**
 * Expects a world that was decoded from a component to be the one that its text means.
 *
 * What a WIT compiler leaves out of a component may be missing from the decoded one: docs, the order of types, and the
 * imported types that nothing of the component refers to.
 */
export function expectWorld(decoded: WitWorld, written: WitWorld): void {
  expect(comparableItems(decoded.exports)).toEqual(comparableItems(written.exports));
  const imports = comparableItems(written.imports);
  for (const [name, item] of imports) {
    if (decoded.imports.has(name)) continue;
    expect(item.kind === "interface" && item.interface.functions, name).toEqual(new Map());
    imports.delete(name);
  }
  for (const [name, item] of imports) imports.set(name, withTypesOf(item, decoded.imports.get(name)));
  expect(comparableItems(decoded.imports)).toEqual(imports);
}

function comparableItems(items: ReadonlyMap<string, WitWorldItem>): Map<string, WitWorldItem> {
  return new Map(
    Array.from(items, ([name, item]) => [
      name,
      item.kind === "function"
        ? { kind: "function", function: { ...item.function, docs: null } }
        : { kind: "interface", interface: comparable(item.interface) },
    ]),
  );
}

function comparable(described: WitInterface): WitInterface {
  const functions = Array.from(described.functions, ([name, each]): [string, WitFunction] => [
    name,
    { ...each, docs: null },
  ]);
  return { ...described, resources: described.resources.toSorted(), functions: new Map(functions) };
}

function withTypesOf(item: WitWorldItem, decoded: WitWorldItem | undefined): WitWorldItem {
  if (item.kind !== "interface" || decoded?.kind !== "interface") return item;
  const { types } = decoded.interface;
  const used = [...item.interface.types].filter(([name]) => types.has(name));
  return { kind: "interface", interface: { ...item.interface, types: new Map(used) } };
}
