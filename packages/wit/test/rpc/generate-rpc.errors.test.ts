import { describe, expect, test } from "vitest";
import { generateRpc } from "../../src/rpc/generate-rpc.ts";
import { platform } from "./golden-app.ts";

function generateCallerOf(wit: ReadonlyMap<string, string>): void {
  const component = { name: "a:caller", wit: new Map([["main.wit", "package a:caller; world caller {}"]]) };
  generateRpc({ component, dependencies: [{ name: "a:b", type: "durable", wit }], platform });
}

describe("what cannot be generated is an error with its place", () => {
  test.each([
    [
      "an exported interface that needs one which is not",
      "package a:b;\ninterface types { type id = u8; }\ninterface api {\n  use types.{id};\n}\nworld w { export api; }",
      "a:b/main.wit:4:7: what is exported uses the interface `types`, which is not; add `export types;` to the world, or move it into a package of its own",
    ],
    [
      "a type of the world in an exported function",
      "package a:b; world w { type id = u8; export f: func(id: id); }",
      "the world's own type `id` is used by a function that it exports; declare it in an exported interface",
    ],
    [
      "two functions whose futures have one name",
      "package a:b; interface x { get: func() -> u8; } interface y { get: func() -> u8; } world w { export x; export y; }",
      "a:b/main.wit:1:63: whoever calls this component needs the name `future-get-result` for two things, the result of `get` of the interface `y` and the result of `get` of the interface `x`: rename one of them",
    ],
    [
      "an export that is nowhere",
      "package a:b; world w { export c:d/e; }",
      "the world exports `c:d/e`, which is nowhere",
    ],
    [
      "two worlds",
      "package a:b; world v {} world w {}",
      "a component's WIT declares its package and one world; here are 2 worlds",
    ],
    ["no package", "world w {}", "here is no package"],
  ])("%s", (_case, main, message) => {
    expect(() => generateCallerOf(new Map([["main.wit", main]]))).toThrow(message);
  });

  test("two files beside deps", () => {
    const wit = new Map([
      ["a.wit", ""],
      ["b.wit", ""],
    ]);
    expect(() => generateCallerOf(wit)).toThrow(
      "a component has one WIT file beside `deps`, but there are a.wit, b.wit",
    );
  });
});
