import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { worldOfComponent } from "@golem-kit/wit";
import { mapStack } from "../src/bundle/map-stack.ts";
import {
  Builder,
  type BuildEvent,
  type BuiltComponent,
  generateTypes,
  loadApplication,
} from "../src/index.ts";
import { component, TestApplication } from "./application.ts";

let app: TestApplication;
let built: readonly BuiltComponent[];
const events: BuildEvent[] = [];

beforeAll(async () => {
  app = await TestApplication.create({
    ...component(
      "orders",
      `interface api {
  record order { id: string, total: s64 }
  resource invoice { constructor(number: string); amount: func() -> f64; }
  place: func(order: order) -> order;
  fail: func();
}

world orders { export api; }
`,
      `import { fail } from "./fail.ts";

class Invoice {
  constructor(_number: string) {}
  amount() { return 1; }
}

export const api = { Invoice, place: (order: unknown) => order, fail };
`,
    ),
    "components/orders/src/fail.ts": `interface Unused { a: string }

export function fail(): void {
  throw new Error("on purpose");
}
`,
    ...component(
      "cart",
      "interface api { checkout: func(user: string) -> s64; }\nworld cart { export api; }\n",
      `import { Api } from "test:orders-client/orders-client";
export const api = {
  checkout(user: string) {
    using orders = new Api(user);
    return orders.blockingPlace({ id: user, total: -5n }).total;
  },
};
`,
    ),
    "components/cart/golem.yaml": `components:
  test:cart:
    template: ts
dependencies:
  test:cart:
    - { type: wasm-rpc, target: test:orders }
`,
  });
  built = await app.build({ onProgress: (event) => events.push(event) });
}, 180_000);

afterAll(() => app[Symbol.asyncDispose]());

/** Changes a file for the running test. All is built before, and again after it as it was. */
async function change(path: string, edit: (text: string) => string): Promise<void> {
  await app.build();
  const text = await readFile(app.path(path), "utf8");
  onTestFinished(async () => {
    await app.write({ [path]: text });
    await app.build();
  }, 60_000);
  await app.write({ [path]: edit(text) });
}

function named(name: string): BuiltComponent {
  const found = built.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${name} was not built`);
  return found;
}

test("a caller imports the client, and not the exports of the component that it calls", async () => {
  const world = worldOfComponent(await readFile(named("test:cart").wasmPath));
  expect([...world.imports.keys()]).toContain("test:orders-client/orders-client");
  const exportsOfOrders = world.imports.get("test:orders-exports/api");
  const functions =
    exportsOfOrders?.kind === "interface" ? [...exportsOfOrders.interface.functions.keys()] : [];
  expect(functions).toEqual([]);
  expect([...world.exports.keys()]).toEqual(["test:cart-exports/api"]);
});

test("the dynamic linking of a caller names the component that it calls", () => {
  expect(named("test:cart").dynamicLinking).toEqual({
    "test:orders-client/orders-client": {
      type: "WasmRpc",
      targets: {
        api: {
          interfaceName: "test:orders-exports/api",
          componentName: "test:orders",
          componentType: "Durable",
        },
        invoice: {
          interfaceName: "test:orders-exports/api",
          componentName: "test:orders",
          componentType: "Durable",
        },
      },
    },
  });
});

test("the types of exports and clients are generated, and the platform's are not", async () => {
  expect((await readdir(app.path("components/cart/generated"))).toSorted()).toEqual([
    "registry.d.ts",
    "test-cart-exports-api.d.ts",
    "test-orders-client-orders-client.d.ts",
    "test-orders-exports-api.d.ts",
  ]);
});

test("the types can be generated without building", async () => {
  const dir = app.path("components/cart/generated");
  const before = await readdir(dir);
  await rm(dir, { recursive: true });
  await generateTypes(await loadApplication(app.dir));
  expect(await readdir(dir)).toEqual(before);
});

test("the world is written with its clients, as Golem's command line does", async () => {
  const main = await readFile(app.path("components/cart/wit-generated/main.wit"), "utf8");
  expect(main).toContain("import test:orders-client/orders-client;");
  expect(main).toContain("export test:cart-exports/api;");
});

test("generated WIT that declares the same in another layout is left alone", async () => {
  const path = "components/cart/wit-generated/main.wit";
  const text = `// By another tool.\n/* in its own order */\n${(await readFile(app.path(path), "utf8")).replaceAll("  ", "\t")}`;
  await app.write({ [path]: text });
  await generateTypes(await loadApplication(app.dir));
  expect(await readFile(app.path(path), "utf8")).toBe(text);
});

test("the size is told apart", () => {
  const { total, engine, program } = named("test:orders").size;
  expect(engine + program).toBe(total);
  expect(program).toBeLessThan(10_000);
  expect(total).toBeGreaterThan(1_000_000);
});

test("every step is reported, with its time", () => {
  const steps = events.flatMap((event) =>
    event.component === "test:cart" && event.type === "end" && event.ms >= 0 ? [event.step] : [],
  );
  // Types are made beside the rest, and the program is checked while it is compiled.
  expect(steps.toSorted()).toEqual(["bundle", "check", "compile", "types", "wit"]);
  expect(events.filter(({ type }) => type === "done")).toHaveLength(2);
});

test("a stack trace of the guest is mapped to the user's source", async () => {
  const { wasmPath, mapPath } = named("test:orders");
  const map = await readFile(mapPath, "utf8");
  const program = await readFile(wasmPath.replace(/wasm$/, "js"), "utf8");
  const line = program.split("\n").findIndex((each) => each.includes("on purpose")) + 1;
  expect(mapStack(`fail@test_orders.js:${line}:9\nx@other.js:1:1`, map, mapPath)).toBe(
    `fail@${app.path("components/orders/src/fail.ts")}:4:9\nx@other.js:1:1`,
  );
});

test("nothing of this machine is in the component", async () => {
  const wasm = (await readFile(named("test:orders").wasmPath)).toString("latin1");
  expect(wasm).not.toContain(app.dir);
  expect(wasm).not.toContain("PATH=");
  expect(wasm).toContain("/source/test_orders.js");
});

test("nothing is done when nothing has changed", async () => {
  const first = await app.build();
  const before = await stat(named("test:orders").wasmPath);
  const again = await app.build();
  expect(again).toEqual(first.map((each) => Object.assign({}, each, { upToDate: true })));
  expect((await stat(named("test:orders").wasmPath)).mtimeMs).toBe(before.mtimeMs);
});

test("two forced builds give the same bytes", async () => {
  const bytes = async (): Promise<Buffer> => {
    const [cart] = await app.build({ only: ["test:cart"], force: true });
    return readFile(cart?.wasmPath ?? "");
  };
  const first = await bytes();
  await rm(named("test:cart").wasmPath);
  expect((await bytes()).equals(first)).toBe(true);
}, 60_000);

test("a world that is not kept gives the same bytes as one that is", async () => {
  const before = await readFile(named("test:cart").wasmPath);
  await using builder = new Builder({ cacheDir: app.path("cache") });
  await builder.build(await loadApplication(app.dir), { only: ["test:cart"], force: true });
  expect((await readFile(named("test:cart").wasmPath)).equals(before)).toBe(true);
}, 60_000);

test("the same sources in another folder give the same bytes", async () => {
  const program = component(
    "anywhere",
    "interface api { ping: func(); }\nworld anywhere { export api; }",
    "export const api = { ping() {} };",
  );
  const bytes = async (): Promise<Buffer> => {
    await using elsewhere = await TestApplication.create(program);
    const [anywhere] = await elsewhere.build();
    return await readFile(anywhere?.wasmPath ?? "");
  };
  expect((await bytes()).equals(await bytes())).toBe(true);
}, 60_000);

test("one builder builds what has changed again and again, with the same bytes as a new one", async () => {
  await using builder = new Builder();
  const file = "components/orders/src/fail.ts";
  const wasm = named("test:orders").wasmPath;
  const builds: Buffer[] = [];
  for (const text of ["changed once", "changed twice"]) {
    await change(file, (before) => before.replace("on purpose", text));
    const [orders] = await builder.build(await loadApplication(app.dir), { only: ["test:orders"] });
    expect(orders?.upToDate).toBe(false);
    builds.push(await readFile(wasm));
    expect(builds.at(-1)?.toString("latin1")).toContain(text);
    await app.build({ only: ["test:orders"], force: true });
    expect((await readFile(wasm)).equals(builds.at(-1) ?? new Uint8Array())).toBe(true);
    await app.write({ [file]: (await readFile(app.path(file), "utf8")).replace(text, "on purpose") });
  }
}, 120_000);

test("a file that was only touched changes nothing", async () => {
  await app.build();
  await utimes(app.path("components/cart/src/main.ts"), new Date(), new Date());
  expect((await app.build()).map(({ upToDate }) => upToDate)).toEqual([true, true]);
});

test("types that are the same are not written again", async () => {
  const file = app.path("components/cart/generated/test-cart-exports-api.d.ts");
  const before = await stat(file);
  await rm(named("test:cart").wasmPath);
  const [cart] = await app.build({ only: ["test:cart"] });
  expect(cart?.upToDate).toBe(false);
  expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
}, 60_000);

test("a changed file of the program makes its component be built again, once, and no other", async () => {
  await change("components/orders/src/fail.ts", (text) => text.replace("on purpose", "changed"));
  const builds = await Promise.all([app.build(), app.build()]);
  const did = builds.flatMap((again) => again.filter(({ upToDate }) => !upToDate));
  expect(did.map(({ name }) => name)).toEqual(["test:orders"]);
  const [one, other] = builds.map((again) => again.map((each) => ({ ...each, upToDate: true })));
  expect(one).toEqual(other);
}, 60_000);

test("a changed WIT makes its callers be built again: what they do not offer any more is found", async () => {
  await change("components/orders/wit/orders.wit", (text) => text.replace("place: func", "submit: func"));
  const stale: string[] = [];
  const failure = await app.failure({
    onProgress: (event) => {
      if (event.type === "start" && event.step === "wit") stale.push(event.component);
    },
  });
  expect(stale.toSorted()).toEqual(["test:cart", "test:orders"]);
  expect(failure).toContain("`api` has no function `submit`");
}, 60_000);

test("an unknown component", async () => {
  await expect(app.build({ only: ["test:order"] })).rejects.toThrow("Did you mean `test:orders`?");
});
