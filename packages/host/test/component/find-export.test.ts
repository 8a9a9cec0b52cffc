import { parseWit, resolveWit } from "@golem-kit/wit";
import { describe, expect, test } from "vitest";
import { exportedNames, findExport } from "../../src/component/find-export.ts";
import { GolemError } from "../../src/ground/golem-error.ts";
import { goldenWorld } from "./golden-world.ts";

const world = goldenWorld();
const find = (name: string): ReturnType<typeof findExport> =>
  findExport(world, `shop:orders-exports/api.{${name}}`);

describe("findExport", () => {
  test.each([
    ["note", "freestanding", "note", ["text"]],
    ["invoice.new", "constructor", "[constructor]invoice", ["number"]],
    ["[constructor]invoice", "constructor", "[constructor]invoice", ["number"]],
    ["invoice.add", "method", "[method]invoice.add", ["self", "v"]],
    ["[method]invoice.add", "method", "[method]invoice.add", ["self", "v"]],
    ["[static]invoice.total", "static", "[static]invoice.total", ["a", "b"]],
    ["invoice.total", "static", "[static]invoice.total", ["a", "b"]],
    ["invoice.drop", "drop", "[drop]invoice", ["self"]],
    ["[drop]invoice", "drop", "[drop]invoice", ["self"]],
  ])("%s is the %s %s", (name, kind, canonical, params) => {
    const found = find(name);
    expect(found).toMatchObject({ exportKey: "shop:orders-exports/api", kind, indexed: null });
    expect(found.function.name).toBe(canonical);
    expect(found.params.map((param) => param.name)).toEqual(params);
  });

  test.each([
    ['invoice("INV-3").add', "method", ["v"]],
    ['invoice("INV-3").drop', "drop", []],
    ['invoice("INV-3").new', "constructor", []],
  ])("%s names its resource by the constructor's arguments", (name, kind, params) => {
    const found = find(name);
    expect(found).toMatchObject({ kind, resource: "invoice", indexed: { arguments: ['"INV-3"'] } });
    expect(found.indexed?.constructedBy.name).toBe("[constructor]invoice");
    expect(found.params.map((param) => param.name)).toEqual(params);
    expect(found.indexed?.direct).toMatchObject({ kind, indexed: null, function: found.function });
  });

  test("a bare name is a function of the world", () => {
    const inline = resolveWit([
      parseWit("package a:b; world w { export run: func(); export api: interface { go: func(); } }"),
    ]).world();
    expect(findExport(inline, "run")).toMatchObject({ exportKey: null, kind: "freestanding" });
    expect(findExport(inline, "api.{go}")).toMatchObject({ exportKey: "api" });
    expect(findExport(inline, "run() -> string")).toMatchObject({ exportKey: null, kind: "freestanding" });
  });

  test("a versioned interface is named with its version", () => {
    const versioned = resolveWit([
      parseWit("package a:b@1.2.0; interface api { go: func(); } world w { export api; }"),
    ]).world();
    expect(findExport(versioned, "a:b/api@1.2.0.{go}").exportKey).toBe("a:b/api@1.2.0");
  });

  test.each([
    "shop:orders-exports/api.{nope}",
    "shop:orders-exports/other.{note}",
    "shop:orders/api.{note}",
    "note",
    "api.{note}",
    "shop:orders-exports/api@1.0.0.{note}",
    "shop:orders-exports/api.{Note}",
    'shop:orders-exports/api.{[static]invoice("a").total}',
    'shop:orders-exports/api.{invoice("a").nope}',
  ])("%s is not exported", (name) => {
    expect(detailsOf(name)).toContain(`Can't find exported function in component (${name})`);
  });

  test("says which function may have been meant", () => {
    expect(detailsOf("shop:orders-exports/api.{notes}")).toMatch(
      /Did you mean shop:orders-exports\/api\.\{note\}\?$/,
    );
  });

  test.each(["", "{{", "shop:orders-exports/api.note"])("%j is no function name", (name) => {
    expect(detailsOf(name)).toMatch(/^Invalid function name/);
  });
});

test("every exported name is found", () => {
  const names = exportedNames(world);
  expect(names).toContain("shop:orders-exports/api.{invoice.drop}");
  for (const name of names) expect(findExport(world, name).exportKey).toBe("shop:orders-exports/api");
});

function detailsOf(name: string): string {
  try {
    findExport(world, name);
  } catch (error) {
    if (error instanceof GolemError && error.detail.type === "InvalidRequest") return error.detail.details;
    throw error;
  }
  throw new Error(`${name} was found`);
}
