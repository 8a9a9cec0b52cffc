import { describe, expect, test } from "vitest";
import { parseWit } from "../../src/parser.ts";
import { resolveWit } from "../../src/resolve.ts";
import { generateRpc } from "../../src/rpc/generate-rpc.ts";
import type { RpcComponent, RpcTarget, RpcWit, WitTexts } from "../../src/rpc/rpc-input.ts";
import { platform } from "./golden-app.ts";

function component(name: string, main: string, deps: Readonly<Record<string, string>> = {}): RpcComponent {
  const entries = Object.entries(deps).map(([path, text]) => [`deps/${path}`, text] as const);
  return { name, wit: new Map([["main.wit", main], ...entries]) };
}

const caller = component("shop:caller", "package shop:caller; world caller {}");

/** What a component that calls the target is built with. */
function generateFor(
  target: RpcComponent,
  type: RpcTarget["type"] = "durable",
  others: RpcComponent[] = [],
): RpcWit {
  return generateRpc({ component: caller, dependencies: [{ ...target, type }], others, platform });
}

function model(files: WitTexts) {
  return resolveWit(Array.from(files, ([file, text]) => parseWit(text, { file })));
}

function lines(files: WitTexts, path: string): readonly string[] {
  return (files.get(path) ?? "").split("\n").map((line) => line.trim());
}

describe("client of an ephemeral component", () => {
  const target = component(
    "shop:mailer",
    "package shop:mailer; interface api { resource draft { constructor(to: string); send: func(); } } world mailer { export api; }",
  );
  const { files, dynamicLinking } = generateFor(target, "ephemeral");

  test("constructs without a worker's name, and from a component's id", () => {
    const client = lines(files, "deps/shop_mailer-client/client.wit");
    expect(client).toContain("constructor(to: string);");
    expect(client).toContain(
      "custom: static func(component-id: golem-rpc-component-id, to: string) -> draft;",
    );
  });

  test("is linked as ephemeral", () => {
    expect(dynamicLinking["shop:mailer-client/mailer-client"]?.targets["draft"]).toEqual({
      interfaceName: "shop:mailer-exports/api",
      componentName: "shop:mailer",
      componentType: "Ephemeral",
    });
  });
});

describe("versions", () => {
  const target = component(
    "shop:stock",
    "package shop:stock@1.2.0; interface api { use golem:rpc/types@0.2.0.{worker-id}; left: func(of: worker-id) -> u32; } world stock { import golem:api/host@1.1.0; export api; }",
  );

  test("a package's version is that of its exports and of its client", () => {
    const { files, dynamicLinking } = generateFor(target);
    expect(lines(files, "main.wit")).toContain("import shop:stock-client/stock-client@1.2.0;");
    expect(lines(files, "deps/shop_stock-client/client.wit")).toContain(
      "use shop:stock-exports/api@1.2.0.{worker-id};",
    );
    expect(Object.values(dynamicLinking)[0]?.targets["api"]?.interfaceName).toBe(
      "shop:stock-exports/api@1.2.0",
    );
  });

  test("the component itself exports under its version, and imports the platform's very version", () => {
    const { files, world } = generateRpc({ component: target, dependencies: [], platform });
    expect(world).toBe("shop:stock/stock@1.2.0");
    expect(lines(files, "main.wit")).toContain("export shop:stock-exports/api@1.2.0;");
    expect(lines(files, "main.wit")).toContain("import golem:api/host@1.1.6;");
    expect(() => model(files).world()).not.toThrow();
  });
});

test("types that several interfaces name alike are told apart by their whole path", () => {
  const target = component(
    "shop:orders",
    `package shop:orders;
     interface orders { record item { sku: string } add: func(item: item); }
     interface invoices { use orders.{item}; record line { of: item } bill: func(items: list<item>) -> line; }
     world orders { export orders; export invoices; }`,
  );
  const { files } = generateFor(target);
  const client = lines(files, "deps/shop_orders-client/client.wit");
  expect(client).toContain("use shop:orders-exports/orders.{item as shop-orders-exports-orders-item};");
  expect(client).toContain(
    "use shop:orders-exports/invoices.{item as shop-orders-exports-invoices-item, line};",
  );
  expect(client).toContain("blocking-add: func(item: shop-orders-exports-orders-item);");
  expect(client).toContain("blocking-bill: func(items: list<shop-orders-exports-invoices-item>) -> line;");
  expect(lines(files, "deps/shop_orders-exports/exports.wit")).toContain("use orders.{item};");
});

test("functions and interfaces written in the world become interfaces of the exports", () => {
  const target = component(
    "shop:cart",
    `package shop:cart;
     interface api { record item { sku: string } }
     world cart {
       use api.{item};
       export api;
       export run: func(item: item) -> string;
       export admin: interface { use api.{item}; clear: func() -> item; }
     }`,
  );
  const { files, dynamicLinking } = generateFor(target);
  expect(Object.keys(dynamicLinking["shop:cart-client/cart-client"]?.targets ?? {})).toEqual([
    "api",
    "cart-admin",
    "cart-inline-functions",
  ]);
  const exported = model(files).interface("shop:cart-exports/cart-inline-functions");
  expect([...(exported?.functions.keys() ?? [])]).toEqual(["run"]);

  const own = generateRpc({ component: target, dependencies: [], platform });
  expect([...model(own.files).world().exports.keys()]).toEqual([
    "shop:cart-exports/api",
    "shop:cart-exports/cart-admin",
    "shop:cart-exports/cart-inline-functions",
  ]);
  expect(model(own.files).world().imports.size).toBe(0);
});

test("static functions of a resource stay static, before its methods, with futures of their own", () => {
  const target = component(
    "shop:bills",
    `package shop:bills;
     interface api { resource bill { pay: func() -> bool; total: static func(a: f64) -> f64; } pay: func() -> bool; }
     world bills { export api; }`,
  );
  const client = lines(generateFor(target).files, "deps/shop_bills-client/client.wit");
  const bill = client.slice(client.indexOf("resource bill {"));
  expect(bill.filter((line) => line.includes("func"))).toEqual([
    "custom: static func(worker-id: golem-rpc-worker-id) -> bill;",
    "blocking-total: static func(a: f64) -> f64;",
    "total: static func(a: f64) -> future-bill-total-result;",
    "schedule-total: static func(a: f64, scheduled-for: wasi-clocks-datetime) -> golem-rpc-cancellation-token;",
    "blocking-pay: func() -> bool;",
    "pay: func() -> future-bill-pay-result;",
    "schedule-pay: func(scheduled-for: wasi-clocks-datetime) -> golem-rpc-cancellation-token;",
  ]);
  expect(bill).toContain("constructor(worker-name: string);");
});

test("packages that the callee's types come from reach the caller", () => {
  const money = "package third:money@0.3.1; interface types { record amount { cents: u64 } }";
  const units =
    "package third:units; interface types { use third:money/types@0.3.0.{amount}; record price { of: amount } }";
  const target = component(
    "shop:prices",
    "package shop:prices; interface api { use third:units/types.{price}; get: func() -> price; } world prices { export api; }",
    { "money/money.wit": money, "units/units.wit": units },
  );
  const { files } = generateFor(target);
  expect(files.get("deps/money/money.wit")).toBe(money);
  expect(files.get("deps/units/units.wit")).toBe(units);
  expect(() => model(files).world()).not.toThrow();
});

test("a component may use the exported types of another without calling it", () => {
  const other = component(
    "shop:types",
    "package shop:types; interface api { type sku = string; } world types { export api; }",
  );
  const target = component(
    "shop:stock",
    "package shop:stock; interface api { use shop:types-exports/api.{sku}; left: func(of: sku) -> u32; } world stock { export api; }",
  );
  const { files } = generateFor(target, "durable", [other]);
  expect(files.has("deps/shop_types-exports/exports.wit")).toBe(true);
  expect(files.has("deps/shop_types-client/client.wit")).toBe(false);
  expect(() => model(files).world()).not.toThrow();
});

test("a component may call itself", () => {
  const main = "package shop:tree; interface api { grow: func() -> u32; } world tree { export api; }";
  const self = component("shop:tree", main);
  const { files } = generateRpc({ component: self, dependencies: [{ ...self, type: "durable" }], platform });
  const world = model(files).world();
  expect(world.imports.has("shop:tree-client/tree-client")).toBe(true);
  expect(world.exports.has("shop:tree-exports/api")).toBe(true);
});

test("what the world imports for itself stays", () => {
  const self = component(
    "shop:mixed",
    `package shop:mixed;
     interface helpers { assist: func(); }
     world mixed { import helpers; import log: func(text: string); import clock: interface { now: func() -> u64; } include wasi:io/imports@0.2.0; }`,
  );
  const { files } = generateRpc({ component: self, dependencies: [], platform });
  expect([...model(files).world().imports.keys()].toSorted()).toEqual([
    "clock",
    "log",
    "shop:mixed/helpers",
    "wasi:io/error@0.2.0",
    "wasi:io/poll@0.2.0",
    "wasi:io/streams@0.2.0",
  ]);
});
