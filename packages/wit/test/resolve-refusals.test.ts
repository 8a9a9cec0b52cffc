import { expect, test } from "vitest";
import { parseWit, resolveWit, type WitModel } from "../src/index.ts";
import { failureOf } from "./wit-failure.ts";

function resolve(...texts: readonly string[]): WitModel {
  return resolveWit(texts.map((text, index) => parseWit(text, { file: `${index}.wit` })));
}

const I = (body: string): string => `package a:b; interface i { ${body} }`;

test.each([
  ["an unknown type", I("f: func(a: strng);"), "unknown-name", "strng", "string"],
  ["an unknown declared type", I("record order {x: u8} f: func(a: oder);"), "unknown-name", "oder", "order"],
  [
    "an unknown type in use",
    `${I("type tim = u8;")} interface j { use i.{time}; }`,
    "unknown-name",
    "time",
    "tim",
  ],
  [
    "an unknown interface",
    "package a:b; interface polls {} world w { import pols; }",
    "unknown-name",
    "pols",
    "polls",
  ],
  ["an unknown package", "package a:b; world w { import a:c/i; }", "unknown-name", "a:c", "a:b"],
  ["an unknown world", "package a:b; world base {} world w { include bas; }", "unknown-name", "bas", "base"],
  [
    "a rename of nothing",
    "package a:b; world base { import log: func(); } world w { include base with { lg as l } }",
    "unknown-name",
    "lg",
    "log",
  ],
  ["a file of no package", "interface i {}", "unknown-name", "", undefined],
  ["a name twice in an interface", I("type a = u8; a: func();"), "duplicate-name", "a", undefined],
  ["a field twice", I("record r { a: u8, A: u8 }"), "duplicate-name", "A", undefined],
  ["a parameter twice", I("f: func(a: u8, a: u8);"), "duplicate-name", "a", undefined],
  ["a method twice", I("resource r { a: func(); a: static func(); }"), "duplicate-name", "a", undefined],
  ["an interface twice", `${I("")} world i {}`, "duplicate-name", "i", undefined],
  ["an import twice", `${I("")} world w { import i; import i; }`, "duplicate-name", "a:b/i", undefined],
  [
    "two worlds' names in conflict",
    "package a:b; world x { import l: func(); } world y { import l: func(); } world w { include x; include y; }",
    "duplicate-name",
    "y",
    undefined,
  ],
  ["a recursive type", I("record r { next: option<s> } type s = list<r>;"), "cycle", "r", undefined],
  [
    "interfaces that use each other",
    "package a:b; interface i { use j.{t}; } interface j { use i.{t}; }",
    "cycle",
    "i",
    undefined,
  ],
  [
    "worlds that include each other",
    "package a:b; world v { include w; } world w { include v; }",
    "cycle",
    "v",
    undefined,
  ],
  ["a borrowed record", I("record r { x: u8 } f: func(a: borrow<r>);"), "invalid-type", "r", undefined],
  ["a returned borrow", I("resource r; f: func() -> option<borrow<r>>;"), "invalid-type", "f", undefined],
  ["a function as a type", I("f: func(); g: func(a: f);"), "invalid-type", "f", undefined],
  [
    "a constructor that returns something else",
    I("resource r { constructor() -> u8; }"),
    "invalid-type",
    "constructor",
    undefined,
  ],
  ["a parameter called self", I("resource r { f: func(self: u8); }"), "duplicate-name", "self", undefined],
  [
    "an import called as a type",
    "package a:b; interface i { type t = u8; } world w { use i.{t}; import t: func(); }",
    "duplicate-name",
    "t",
    undefined,
  ],
  [
    "imports that differ in case only",
    "package a:b; world w { import ab: func(); import AB: func(); }",
    "duplicate-name",
    "AB",
    undefined,
  ],
  [
    "a package that refers to itself",
    "package a:b; interface i { type t = u8; } interface j { use a:b/i.{t}; }",
    "cycle",
    "a:b",
    undefined,
  ],
  ["an empty record", I("record r {}"), "invalid-type", "r", undefined],
  [
    "33 flags",
    I(`flags f { ${Array.from({ length: 33 }, (_, n) => `bit-${n}`).join(", ")} }`),
    "invalid-type",
    "f",
    undefined,
  ],
  ["an async function", I("f: async func();"), "unsupported", "f", undefined],
  ["a stream", I("f: func(a: stream<u8>);"), "unsupported", "stream", undefined],
])("%s is refused", (_, text, code, offending, nearest) => {
  const error = failureOf(() => resolve(text));
  expect({ code: error.code, text: error.text, nearest: error.nearest }).toEqual({
    code,
    text: offending,
    nearest,
  });
  const { line, column } = error;
  expect(error.message).toMatch(new RegExp(`^0\\.wit:${line}:${column}: .+`));
  expect(text.split("\n")[line - 1]?.slice(column - 1)).toContain(offending.split("/").at(-1));
});

test("a missing version says which there are", () => {
  const io = "package wasi:io@0.2.0; interface poll {}";
  const error = failureOf(() => resolve("package a:b; world w { import wasi:io/poll@0.3.0; }", io));
  expect(error.message).toBe(
    "0.wit:1:31: no version of package `wasi:io` is compatible with 0.3.0; there is 0.2.0",
  );
});

test("packages that depend on each other are refused, even if their interfaces do not", () => {
  const error = failureOf(() =>
    resolve(
      "package a:b; interface i { use c:d/i.{t}; } interface j { type t = u8; }",
      "package c:d; interface i { type t = u8; } interface j { use a:b/j.{t}; }",
    ),
  );
  expect(error.code).toBe("cycle");
  expect(error.message).toBe("1.wit:1:61: packages depend on each other in a circle: `c:d` → `a:b` → `c:d`");
});

test("a cycle is shown as it is met", () => {
  const error = failureOf(() => resolve(I("record r { next: option<s> } type s = list<r>;")));
  expect(error.message).toContain("type `r` → `s` → `r` contains itself: WIT has no recursive types");
});

test.each([
  [
    ["package a:b; world v {} world w {}"],
    undefined,
    "several worlds to choose from: a:b/v, a:b/w; say which",
  ],
  [["package a:b;", "package c:d; world w {}"], undefined, "the package of the first file has no world"],
  [["package a:b; world orders {}"], "oders", "there is no world `oders`"],
  [["package a:b; interface i {}"], "i", "there is no world `i`"],
])("of %j, world %s is refused", (texts, id, problem) => {
  expect(failureOf(() => resolve(...texts).world(id)).message).toContain(problem);
});

test("a tree without positions fails with the name of its file alone", () => {
  const error = failureOf(() =>
    resolveWit([
      {
        file: "made.wit",
        package: { name: { namespace: "a", name: "b" } },
        items: [
          {
            kind: "world",
            name: "w",
            items: [{ kind: "import", extern: { kind: "path", path: { name: "i" } } }],
          },
        ],
      },
    ]),
  );
  expect(error).toMatchObject({ line: 0, column: 0 });
  expect(error.message).toBe("made.wit: package `a:b` has no interface `i`");
});
