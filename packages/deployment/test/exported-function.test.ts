import { readFileSync } from "node:fs";
import type { Component } from "@golem-kit/host";
import { expect, test } from "vitest";
import { findFunction } from "../src/exported-function.ts";

/** What a Golem 1.2.0 answered for a component. */
const orders = JSON.parse(
  readFileSync(new URL("fixtures/orders-component.json", import.meta.url), "utf8"),
) as Component;

test.for<readonly [text: string, name: string]>([
  ["place", "shop:orders-exports/api.{place}"],
  ["shop:orders-exports/api.{place}", "shop:orders-exports/api.{place}"],
  ["invoice.new", "shop:orders-exports/api.{invoice.new}"],
  ["[constructor]invoice", "shop:orders-exports/api.{invoice.new}"],
  ["invoice.amount", "shop:orders-exports/api.{invoice.amount}"],
  ["invoice.drop", "shop:orders-exports/api.{invoice.drop}"],
  ['invoice("INV-1").add', 'shop:orders-exports/api.{invoice("INV-1").add}'],
  ["shop:orders-exports/api.{place}() -> string", "shop:orders-exports/api.{place}"],
])("%s is called as %s", ([text, name]) => {
  expect(findFunction(orders, text).name).toBe(name);
});

test("a static function is called by its bracketed name, the only one that every Golem finds", () => {
  expect(findFunction(orders, "invoice.total").name).toBe("shop:orders-exports/api.{[static]invoice.total}");
});

test("a resource named by its arguments is no parameter any more", () => {
  const named = findFunction(orders, 'invoice("INV-1").add').params;
  const handle = findFunction(orders, "invoice.add").params;

  expect(named.map(({ name }) => name)).toEqual(["v"]);
  expect(handle.map(({ name }) => name)).toEqual(["self", "v"]);
});

test("an unknown function is answered with the nearest one", () => {
  expect(() => findFunction(orders, "plac")).toThrow(
    'There is no function "plac" in shop:orders. Did you mean "place"?',
  );
});

test("a function that several interfaces have must be named in full", () => {
  const [api] = orders.metadata.exports as { readonly name: string }[];
  const both: Component = {
    ...orders,
    metadata: { ...orders.metadata, exports: [api, { ...api, name: "shop:orders-exports/other@1.0.0" }] },
  };

  expect(() => findFunction(both, "place")).toThrow(
    "write shop:orders-exports/api.{place} or shop:orders-exports/other@1.0.0.{place}",
  );
  expect(findFunction(both, "shop:orders-exports/other.{place}").name).toBe(
    "shop:orders-exports/other@1.0.0.{place}",
  );
});

test("the result's type is found in the answer of every version of Golem", () => {
  const later = structuredClone(orders) as unknown as {
    metadata: {
      exports: { functions: { results?: { typ: unknown }[]; result?: { typ: unknown } | null }[] }[];
    };
  };
  for (const one of later.metadata.exports[0]?.functions ?? []) {
    one.result = one.results?.[0] ?? null;
    delete one.results;
  }

  for (const name of ["place", "note"]) {
    expect(findFunction(later as unknown as Component, name)).toEqual(findFunction(orders, name));
  }
});
