import { describe, expect, test } from "vitest";
import { parseWit } from "../../src/parser.ts";
import { resolveWit } from "../../src/resolve.ts";
import { generateRpc } from "../../src/rpc/generate-rpc.ts";
import { pruneForeignExports } from "../../src/rpc/prune-foreign-exports.ts";
import type { RpcTarget, WitTexts } from "../../src/rpc/rpc-input.ts";
import { goldenInputs, platform } from "./golden-app.ts";

function model(files: WitTexts) {
  return resolveWit(Array.from(files, ([file, text]) => parseWit(text, { file })));
}

function calling(wit: string, own = "package a:caller; world caller {}"): WitTexts {
  const target: RpcTarget = { name: "a:target", type: "durable", wit: new Map([["main.wit", wit]]) };
  const component = { name: "a:caller", wit: new Map([["main.wit", own]]) };
  return generateRpc({ component, dependencies: [target], platform }).files;
}

test.each(goldenInputs)(
  "$component.name of the recorded application imports no function of another's exports",
  (input) => {
    const { files } = generateRpc(input);
    const pruned = pruneForeignExports(files);
    const world = model(pruned).world();
    for (const [id, item] of world.imports) {
      if (!id.includes("-exports/") || item.kind !== "interface") continue;
      expect([...item.interface.functions.keys(), ...item.interface.resources]).toEqual([]);
      expect(item.interface.types.size).toBeGreaterThan(0);
    }
    expect([...world.imports.keys()]).toEqual([...model(files).world().imports.keys()]);
    expect(world.exports).toEqual(model(files).world().exports);
  },
);

test("the recorded client stays as it is", () => {
  const [cart] = goldenInputs;
  const { files } = generateRpc(
    cart ?? { component: { name: "", wit: new Map() }, dependencies: [], platform },
  );
  const path = "deps/shop_orders-client/client.wit";
  expect(pruneForeignExports(files).get(path)).toBe(files.get(path));
});

test("a component that calls itself imports the types of its exports, but not their functions", () => {
  const wit = new Map([
    [
      "main.wit",
      `package a:caller;
      interface api { record point { x: u8 } move: func(by: point) -> point; }
      world caller { export api; }`,
    ],
  ]);
  const itself: RpcTarget = { name: "a:caller", type: "durable", wit };
  const { files } = generateRpc({ component: { name: "a:caller", wit }, dependencies: [itself], platform });
  const world = model(pruneForeignExports(files)).world();
  const imported = [...world.imports].flatMap(([id, item]) =>
    item.kind === "interface" && id.includes("exports") ? [[id, item.interface.functions.size]] : [],
  );
  expect(imported).toEqual([["a:caller-own-exports/api", 0]]);
  expect([...world.exports.keys()]).toEqual(["a:caller-exports/api"]);
});

test.each(["a:caller", "a:target"])("nobody imports the HTTP handler that %s exports", (name) => {
  const witOf = (component: string): WitTexts =>
    new Map([
      [
        "main.wit",
        `package ${component};
        interface api { greet: func() -> string; }
        world ${component.slice(2)} { export api; export wasi:http/incoming-handler@0.2.0; }`,
      ],
    ]);
  const target: RpcTarget = { name, type: "durable", wit: witOf(name) };
  const component = { name: "a:caller", wit: witOf("a:caller") };
  const { files } = generateRpc({ component, dependencies: [target], platform });
  const world = model(pruneForeignExports(files)).world();
  expect([...model(files).world().imports.keys()]).toContain("wasi:http/incoming-handler@0.2.0");
  expect([...world.imports.keys()]).not.toContain("wasi:http/incoming-handler@0.2.0");
  expect([...world.exports.keys()]).toContain("wasi:http/incoming-handler@0.2.0");
  expect(pruneForeignExports(files).get(`deps/a_${name.slice(2)}-client/client.wit`)).toContain("greet");
});

describe("types that contain a resource", () => {
  const files = pruneForeignExports(
    calling(`package a:target;
      interface base { resource seat { row: func() -> u8; } }
      interface api {
        use base.{seat as chair};
        record place { at: chair, price: u32 }
        type places = list<place>;
        record price { cents: u32 }
        all: func() -> places;
        take: func(place: borrow<chair>);
        cost: func() -> price;
      }
      world target { export base; export api; }`),
  );

  test("go, wherever the resource is named", () => {
    expect([...(model(files).interface("a:target-exports/api")?.types.keys() ?? [])]).toEqual(["price"]);
  });

  test("take the client's functions with them that need them", () => {
    const functions = model(files).interface("a:target-client/target-client")?.functions;
    expect([...(functions?.keys() ?? [])].filter((name) => name.includes("api."))).toEqual([
      "[static]api.custom",
      "[method]api.schedule-all",
      "[method]api.blocking-cost",
      "[method]api.cost",
      "[method]api.schedule-cost",
    ]);
    expect(functions?.has("[method]future-all-result.get")).toBe(false);
  });

  test("may not be used by the caller itself", () => {
    const own =
      "package a:caller;\ninterface api {\n  use a:target-exports/api.{ticket};\n  f: func(t: ticket);\n}\nworld caller { export api; }";
    const wit =
      "package a:target; interface api { resource seat; record ticket { seat: seat } } world target { export api; }";
    expect(() => pruneForeignExports(calling(wit, own))).toThrow(
      "`ticket` of `a:target-exports/api` is or contains a resource of another component",
    );
  });
});

test("resources of the platform are no obstacle", () => {
  const files = calling(`package a:target;
    interface api { use wasi:io/poll@0.2.0.{pollable}; record waiting { on: pollable } f: func() -> u8; }
    world target { export api; }`);
  const types = model(pruneForeignExports(files)).interface("a:target-exports/api")?.types;
  expect([...(types?.keys() ?? [])]).toEqual(["pollable", "waiting"]);
});
