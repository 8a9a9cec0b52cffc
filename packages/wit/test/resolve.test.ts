import { expect, test } from "vitest";
import { parseWit, resolveWit, type WitInterface, type WitModel, type WitType } from "../src/index.ts";

function resolve(...texts: readonly string[]): WitModel {
  return resolveWit(texts.map((text, index) => parseWit(text, { file: `${index}.wit` })));
}

function interfaceOf(model: WitModel, id: string): WitInterface {
  const found = model.interface(id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function typeOf(model: WitModel, id: string, name: string): WitType | undefined {
  return interfaceOf(model, id).types.get(name);
}

test("aliases are followed to the type, which keeps the name it was declared with", () => {
  const model = resolve("package a:b; interface i { type t = s; type s = option<r>; record r { x: u32 } }");
  const record = { kind: "record", name: "r", fields: [{ name: "x", type: { kind: "u32" } }] };
  expect(typeOf(model, "a:b/i", "r")).toEqual(record);
  expect(typeOf(model, "a:b/i", "t")).toEqual({ kind: "option", some: record });
});

test("a used resource keeps the interface that declared it, under whatever name", () => {
  const model = resolve(
    "package a:b@1.0.0; interface i { resource r; } interface j { use i.{r as s}; type t = s; f: func(x: borrow<t>); }",
  );
  const resource = { name: "r", interface: "a:b/i@1.0.0" };
  const j = interfaceOf(model, "a:b/j@1.0.0");
  expect(j.types.get("s")).toEqual({ kind: "own", resource });
  expect(j.functions.get("f")?.params).toEqual([{ name: "x", type: { kind: "borrow", resource } }]);
  expect(j.resources).toEqual([]);
  expect(interfaceOf(model, "a:b/i").resources).toEqual(["r"]);
});

test("functions of a resource have their canonical names", () => {
  const model = resolve(
    "package a:b; interface i { resource r { constructor(a: u8); /// Gets.\n get: func() -> u8; open: static func() -> r; } }",
  );
  const own = { kind: "own", resource: { name: "r", interface: "a:b/i" } };
  expect([...interfaceOf(model, "a:b/i").functions.values()]).toEqual([
    {
      name: "[constructor]r",
      kind: "constructor",
      resource: "r",
      params: [{ name: "a", type: { kind: "u8" } }],
      result: own,
      docs: null,
    },
    {
      name: "[method]r.get",
      kind: "method",
      resource: "r",
      params: [],
      result: { kind: "u8" },
      docs: "Gets.",
    },
    { name: "[static]r.open", kind: "static", resource: "r", params: [], result: own, docs: null },
  ]);
});

test("a constructor may fail", () => {
  const model = resolve("package a:b; interface i { resource r { constructor() -> result<r, string>; } }");
  expect(interfaceOf(model, "a:b/i").functions.get("[constructor]r")?.result?.kind).toBe("result");
});

test("the files of a package are one, and a file beside them needs no declaration", () => {
  const model = resolveWit([
    parseWit("package a:b; interface i { use j.{t}; }", { file: "wit/i.wit" }),
    parseWit("interface j { type t = u8; }", { file: "wit/j.wit" }),
    parseWit("package c:d;", { file: "wit/deps/c.wit" }),
  ]);
  expect(model.interfaces).toEqual(["a:b/i", "a:b/j"]);
  expect(model.packages).toEqual(["a:b", "c:d"]);
});

test("a reference is satisfied by a compatible version, and the exact one if it is there", () => {
  const io = (version: string): string => `package wasi:io@${version}; interface poll { resource pollable; }`;
  const user = "package a:b; interface i { use wasi:io/poll@0.2.0.{pollable}; }";
  const declaredIn = (...texts: readonly string[]): unknown => {
    const type = typeOf(resolve(user, ...texts), "a:b/i", "pollable");
    return type?.kind === "own" && type.resource.interface;
  };
  expect(declaredIn(io("0.2.2"), io("0.2.12"))).toBe("wasi:io/poll@0.2.12");
  expect(declaredIn(io("0.2.12"), io("0.2.0"))).toBe("wasi:io/poll@0.2.0");
});

test("the model is asked in any compatible spelling", () => {
  const model = resolve("package golem:api@1.1.6; interface host {} world w { import host; }");
  for (const id of ["golem:api/host@1.1.6", "golem:api/host@1.1.0", "golem:api/host"]) {
    expect(model.interface(id)?.id).toBe("golem:api/host@1.1.6");
  }
  expect(model.interface("golem:api/host@1.2.0")).toBeUndefined();
  expect(model.interface("golem:api/hots")).toBeUndefined();
  expect(model.interface("golem:api/w")).toBeUndefined();
  expect(model.world("golem:api/w@1.0.0").id).toBe("golem:api/w@1.1.6");
  expect(model.world("w")).toBe(model.world());
});

test("a use between declarations names an interface for its file", () => {
  const model = resolve(
    "package a:b; use c:d/e@1.0.0 as f; interface i { use f.{t}; } world w { import f; }",
    "package c:d@1.0.1; interface e { type t = u8; }",
  );
  expect(typeOf(model, "a:b/i", "t")).toEqual({ kind: "u8" });
  expect([...model.world().imports.keys()]).toEqual(["c:d/e@1.0.1"]);
});

test("unstable declarations are left out unless their feature is asked for", () => {
  const file = parseWit(
    "package a:b; interface i { @unstable(feature = x) f: func(); @since(version = 1.0.0) g: func(); }",
  );
  const names = (features: readonly string[]): string[] => [
    ...interfaceOf(resolveWit([file], { features }), "a:b/i").functions.keys(),
  ];
  expect(names([])).toEqual(["g"]);
  expect(names(["x"])).toEqual(["f", "g"]);
});

const SHARED = "package a:b; interface t { type x = u8; } interface i { use t.{x}; f: func(x: x); }";

test("a world imports what the types of its imports come from", () => {
  const world = resolve(`${SHARED} world w { import i; }`).world();
  expect([...world.imports.keys()]).toEqual(["a:b/t", "a:b/i"]);
});

test("a world imports what the types of its exports come from, unless it exports that too", () => {
  const importing = resolve(`${SHARED} world w { export i; }`).world();
  expect([...importing.imports.keys()]).toEqual(["a:b/t"]);
  const exporting = resolve(`${SHARED} world w { export i; export t; }`).world();
  expect([...exporting.imports.keys()]).toEqual([]);
  expect([...exporting.exports.keys()]).toEqual(["a:b/i", "a:b/t"]);
});

test("included worlds are merged, with other names where they are asked for", () => {
  const world = resolve(`${SHARED}
    world base { import log: func(); export run: func(); import i; }
    world other { import log: func(); import i; }
    world w { include base with { log as base-log } include other; import i; }`).world("w");
  expect([...world.imports.keys()].toSorted()).toEqual(["a:b/i", "a:b/t", "base-log", "log"]);
  expect(world.imports.get("base-log")).toMatchObject({ function: { name: "base-log" } });
  expect([...world.exports.keys()]).toEqual(["run"]);
});

test("a component's text is one file: a root world, followed by the packages it refers to", () => {
  const world = resolve(`package root:component;
    world root { import wasi:io/poll@0.2.3; export shop:orders/api; }
    package wasi:io@0.2.3 { interface poll { resource pollable { block: func(); } } }
    package shop:orders { interface api { place: func() -> u64; } }`).world();
  expect([...world.imports.keys()]).toEqual(["wasi:io/poll@0.2.3"]);
  expect([...world.exports.keys()]).toEqual(["shop:orders/api"]);
});
