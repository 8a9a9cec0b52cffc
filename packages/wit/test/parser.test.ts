import { expect, test } from "vitest";
import { parseWit, printWit, type WitInterfaceDeclaration, type WitTypeExpression } from "../src/index.ts";
import { failureOf } from "./wit-failure.ts";
import { withoutPositions } from "./without-positions.ts";

function parseInterface(body: string): WitInterfaceDeclaration {
  const [item] = parseWit(`interface i { ${body} }`).items;
  if (item?.kind !== "interface") throw new Error("no interface");
  return item;
}

function parseTypeText(text: string): unknown {
  const [item] = parseInterface(`type t = ${text};`).items;
  if (item?.kind !== "type") throw new Error("no type");
  return withoutPositions(item.type);
}

test.each<[string, WitTypeExpression]>([
  ["u8", { kind: "u8" }],
  ["%u8", { kind: "named", name: "u8" }],
  ["list<list<u8>>", { kind: "list", element: { kind: "list", element: { kind: "u8" } } }],
  ["list<u8, 4>", { kind: "list", element: { kind: "u8" }, length: 4 }],
  ["map<string, u8>", { kind: "map", key: { kind: "string" }, value: { kind: "u8" } }],
  ["result", { kind: "result" }],
  ["result<u8>", { kind: "result", ok: { kind: "u8" } }],
  ["result<_, e>", { kind: "result", err: { kind: "named", name: "e" } }],
  ["result<u8, e>", { kind: "result", ok: { kind: "u8" }, err: { kind: "named", name: "e" } }],
  ["tuple<u8, char,>", { kind: "tuple", items: [{ kind: "u8" }, { kind: "char" }] }],
  ["option<borrow<r>>", { kind: "option", some: { kind: "borrow", resource: "r" } }],
  ["stream", { kind: "stream" }],
  ["future<error-context>", { kind: "future", element: { kind: "error-context" } }],
])("the type %s", (text, type) => {
  expect(parseTypeText(text)).toEqual(type);
});

test("a package may be declared with a version, nested namespaces and names", () => {
  expect(withoutPositions(parseWit("package a:b:c/d@1.2.3-rc.1+b5;").package?.name)).toEqual({
    namespace: "a:b",
    name: "c/d",
    version: "1.2.3-rc.1+b5",
  });
});

test("a version in a path ends before the dot of a use", () => {
  const [use] = parseInterface("use wasi:io/poll@0.2.0-rc.1.{pollable as p, poll,};").items;
  expect(withoutPositions(use)).toEqual({
    kind: "use",
    path: { package: { namespace: "wasi", name: "io", version: "0.2.0-rc.1" }, name: "poll" },
    names: [{ name: "pollable", as: "p" }, { name: "poll" }],
  });
});

test("packages nest in a file that declares another, or none", () => {
  const nested = "package c:d@1.0.0 {\n  interface i {}\n}\n";
  expect(printWit(parseWit(`package a:b;\n\n${nested}`))).toBe(`package a:b;\n\n${nested}`);
  expect(printWit(parseWit(nested))).toBe(nested);
});

test("docs belong to what follows them, ordinary comments only from lines of their own", () => {
  const text = `
    // above
    /** One.
     *  Two. */
    /// Three.
    a: func(); // beside
    /* b /* nested */ b */
    b: func();
  `;
  expect(parseInterface(text).items).toMatchObject([
    { name: "a", comments: ["above"], docs: "One.\n Two.\nThree." },
    { name: "b", comments: ["b /* nested */ b"] },
  ]);
});

test("gates stand before what they guard", () => {
  const text =
    "@since(version = 0.2.1) @deprecated(version = 0.3.0) a: func(); @unstable(feature = new-b) b: func();";
  expect(parseInterface(text).items.map((item) => item.gates)).toEqual([
    [
      { kind: "since", version: "0.2.1" },
      { kind: "deprecated", version: "0.3.0" },
    ],
    [{ kind: "unstable", feature: "new-b" }],
  ]);
});

test("positions count from 1 and point at the name", () => {
  const [first, second] = parseInterface("a: func();\n\tbee: func();").items;
  expect([first?.at, second?.at]).toEqual([
    { line: 1, column: 15 },
    { line: 2, column: 2 },
  ]);
});

test.each([
  [
    "interfce i {}",
    1,
    1,
    "interfce",
    "interface",
    "expected `interface`, `world`, `use` or `package`, found `interfce`",
  ],
  ["interface i { recrd r {} }", 1, 15, "recrd", "record", "expected a function, `use`"],
  ["interface i { f: fun(); }", 1, 18, "fun", "func", "expected `func`, found `fun`"],
  ["interface i { f: func(a: lst<u8>); }", 1, 26, "lst", "list", "`lst` takes no type parameters"],
  ["interface i { @sinc(version = 1.0.0) f: func(); }", 1, 16, "sinc", "since", "expected `since`"],
  ["world w { imprt a; }", 1, 11, "imprt", "import", "expected `import`"],
  ["world w { import log: fnc(); }", 1, 23, "fnc", "func", "expected `func`, `async` or `interface`"],
  ["interface fooBar {}", 1, 11, "fooBar", "foo-bar", "`fooBar` is not a kebab-case name"],
  ["interface a_b {}", 1, 11, "a_b", "a-b", "`a_b` is not a kebab-case name"],
  ["interface größe {}", 1, 11, "größe", undefined, "`größe` is not a kebab-case name"],
  [
    "interface i { from: func(); }",
    1,
    15,
    "from",
    undefined,
    "`from` is a keyword and cannot be the name of a function; write `%from`",
  ],
  ["interface i {\n  f: func()\n}", 3, 1, "}", undefined, "expected `;`, found `}`"],
  ["interface i { f: func(a: u8 b: u8); }", 1, 29, "b", undefined, "expected `,` or `)`, found `b`"],
  ["interface i { f: func();", 1, 25, "", undefined, "found the end of the text"],
  ["interface i { /* never closed", 1, 15, "/*", undefined, "this comment has no `*/`"],
  ["interface i { $ }", 1, 15, "$", undefined, "unexpected character `$`"],
  ["package a:b@1.2;", 1, 13, "1", undefined, "expected a version such as `1.2.0`"],
  ["package a:b@01.2.0;", 1, 13, "01.2.0", undefined, "`01.2.0` is not a semantic version"],
  [
    "package a:b; package c:d;",
    1,
    14,
    "package",
    undefined,
    "a file declares its own package once, at its beginning",
  ],
  ["world w { include x with { a }; }", 1, 30, "}", undefined, "expected `as`, found `}`"],
])("%j is refused with its place and the nearest name", (text, line, column, offending, nearest, problem) => {
  const error = failureOf(() => parseWit(text, { file: "wit/a.wit" }));
  expect(error).toMatchObject({ code: "syntax", file: "wit/a.wit", line, column, text: offending });
  expect(error.nearest).toBe(nearest);
  expect(error.message).toContain(`wit/a.wit:${line}:${column}: `);
  expect(error.message).toContain(problem);
});
