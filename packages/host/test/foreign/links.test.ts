import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest/rest-host.ts";

const host = new RestHost();
let links: RestComponent;
let target: RestComponent;
beforeAll(async () => {
  links = await host.deploy("it:links", await foreignComponent("rust-links"));
  target = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
});

describe("a component with two versions of golem:rpc", () => {
  const fn = (name: string): string => `it:links/calls.{${name}}`;

  test("calls by the URI of a worker", async () => {
    const caller = links.worker("by-uri");
    const uri = `urn:worker:${target.id}/counter-1`;
    expect(await caller.call(fn("add-by-uri"), uri, 3)).toEqual({ ok: 3 });
    expect(await caller.call(fn("add-by-uri"), uri, 4)).toEqual({ ok: 7 });
    expect(await target.worker("counter-1").call("golem:it/counters.{get-global-value}")).toBe(7);
  });

  test("calls by the id of a worker", async () => {
    expect(await links.worker("by-id").call(fn("add-by-id"), target.id, "counter-2", 5)).toEqual({ ok: 5 });
  });

  test("holds a resource of the other worker", async () => {
    const caller = links.worker("resource");
    expect(await caller.call(fn("use-counter"), target.id, "counter-3", [2, 3, 4])).toEqual({
      ok: [2, 5, 9],
    });
    expect(await target.worker("counter-3").call("golem:it/counters.{get-all-dropped}")).toEqual([
      ["remote", 9],
    ]);
  });

  test("cannot use the resource of one worker in another one", async () => {
    expect(await links.worker("mix-up").call(fn("mix-up"), target.id, "owner", "other")).toEqual({
      err: expect.stringContaining("cannot resolve handle belonging to a different worker"),
    });
  });

  test("passes records and lists", async () => {
    const names = ["shirt", "Müsli"];
    expect(await links.worker("cart").call(fn("fill-cart"), target.id, "cart-1", names)).toEqual({
      ok: ["id of shirt", "shirt", "id of Müsli", "Müsli"],
    });
  });

  test("calls once, also when it is replayed", async () => {
    const caller = links.worker("replayed");
    await caller.call(fn("add-by-id"), target.id, "counter-4", 5);
    await caller.crash();
    expect(await caller.call(fn("add-by-id"), target.id, "counter-4", 1)).toEqual({ ok: 6 });
  });

  test("is told what is wrong with a call", async () => {
    const caller = links.worker("wrong");
    expect(await caller.call(fn("add-by-id"), "not a uuid", "w", 1)).toMatchObject({
      err: expect.stringContaining("not a uuid"),
    });
    expect(await caller.call(fn("add-by-id"), links.id, "w", 1)).toMatchObject({
      err: expect.stringMatching(/^RpcError::/),
    });
    expect((await caller.failure(fn("add-by-uri"), "somewhere", 1)).details).toContain(
      "Not the URI of a worker: somewhere",
    );
  });
});

test.each(["open-postgres", "open-mysql"])(
  "a component that uses databases is linked, and told by %s",
  async (open) => {
    expect(
      await links.worker(open).call(`it:links/databases.{${open}}`, "postgres://user:secret@db/x"),
    ).toEqual({
      err: 'Error::ConnectionFailure("This host connects to no databases. What to do: run the component on a Golem server.")',
    });
  },
);

describe("a worker cannot be created if its component imports", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      "an interface that nothing implements",
      "package other:thing@1.0.0; interface api { use-it: func(); }",
      "component imports instance `other:thing/api@1.0.0`, but a matching implementation was not found in the linker",
    ],
    [
      "an interface of an incompatible version",
      "package wasi:random@0.3.0; interface random { get-random-u64: func() -> u64; }",
      "component imports instance `wasi:random/random@0.3.0`, but a matching implementation was not found in the linker",
    ],
    [
      "a function that the interface does not have",
      "package wasi:random@0.2.0; interface random { get-random-u65: func() -> u64; }",
      "instance export `get-random-u65` has the wrong type",
    ],
    [
      "what Golem does not link",
      "package wasi:keyvalue@0.1.0; interface handle-watch { on-set: func(); }",
      "component imports instance `wasi:keyvalue/handle-watch@0.1.0`, but a matching implementation was not found",
    ],
  ];

  test.each(cases)("%s", async (_, wit, reason) => {
    const component = await host.deploy(crypto.randomUUID(), await importing(wit));
    const expected = { type: "WorkerCreationFailed", details: expect.stringContaining(reason) };
    expect(await component.create("created", [], {})).toMatchObject({
      status: 500,
      body: { golemError: expected },
    });
    expect(await component.worker("invoked").failure("run")).toMatchObject(expected);
    expect((await component.worker("invoked").request("GET", "")).status).toBe(404);
  });
});

test.each(["0.2.1", "0.2.99"])("wasi:random@%s is linked", async (version) => {
  const wit = `package wasi:random@${version}; interface random { get-random-u64: func() -> u64; }`;
  const component = await host.deploy(crypto.randomUUID(), await importing(wit));
  expect(await component.create("created", [], {})).toMatchObject({ status: 200 });
});

test.each(["1.1.0", "1.1.9"])("golem:api@%s is linked", async (version) => {
  const wit = `package golem:api@${version}; interface host { get-oplog-index: func() -> u64; }`;
  const component = await host.deploy(crypto.randomUUID(), await importing(wit));
  expect(await component.create("created", [], {})).toMatchObject({ status: 200 });
});

test("interfaces that have only types need nothing to be linked", async () => {
  const wit =
    "package other:types@1.0.0; interface api { record point { x: u32 } enum side { left, right } }";
  const component = await host.deploy(crypto.randomUUID(), await importing(wit));
  expect(await component.create("created", [], {})).toMatchObject({ status: 200 });
});

describe("what is no component is refused when it is uploaded:", () => {
  test.each([
    ["a core module", new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])],
    ["text", new TextEncoder().encode("not wasm at all")],
    ["nothing", new Uint8Array()],
  ])("%s", async (name, wasm) => {
    const { status, body } = await host.post("/v1/components", { name: `bad:${name}`, component: wasm });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(body)).toMatch(/component/i);
  });
});

/** A component that imports an interface and does nothing. */
async function importing(packageText: string): Promise<Uint8Array> {
  const [, name, version] = /^package ([^@;]+)(@[^;]+)?;/.exec(packageText) ?? [];
  const [, iface] = /interface ([a-z-]+)/.exec(packageText) ?? [];
  const nested = packageText.replace(/^(package [^;]+);(.*)$/, "$1 {$2}");
  const world = `world w { import ${name}/${iface}${version ?? ""}; export run: func(); }`;
  const module = await componentEmbed({
    dummy: true,
    witSource: `package test:w; ${nested} ${world}`,
    world: "w",
  });
  return componentNew(module);
}
