import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { durability } from "../../src/interfaces/golem/durability.ts";
import { READY, type Pollable } from "../../src/interfaces/wasi/pollable.ts";
import { Hosted, type OplogEntries } from "../hosted.ts";

let hosted: Hosted;
beforeAll(async () => {
  hosted = await Hosted.open(["tracer"]);
}, 300_000);
afterAll(() => hosted[Symbol.asyncDispose]());

function persisted(oplog: OplogEntries, name: string): unknown {
  return oplog.find(({ entry }) => entry["functionName"] === name)?.entry;
}

/** How often the function really ran. */
function runs(oplog: OplogEntries): number {
  return oplog.filter(({ entry }) => entry["message"] === "ran").length;
}

describe("golem:durability", () => {
  test.each(["read-local", "write-local", "read-remote", "write-remote", "write-remote-batched"])(
    "runs a %s once, whatever happens to the worker",
    async (type) => {
      const worker = hosted.worker(`once-${type}`, "tracer");
      expect(await worker.call("remember", type, false)).toEqual(["done", "smart"]);
      await worker.crash();
      await worker.call("note", "replayed");
      expect(runs(await worker.oplog())).toBe(1);
    },
  );

  test("records the guest's name, type and bytes", async () => {
    const worker = hosted.worker("bytes", "tracer");
    await worker.call("remember", "write-local", false);
    const bytes = { type: "List", inner: { type: "U8" } };
    expect(persisted(await worker.oplog(), "tracer::remember")).toMatchObject({
      request: { typ: bytes, value: [...new TextEncoder().encode("what")] },
      response: { typ: bytes, value: [...new TextEncoder().encode("done")] },
      wrappedFunctionType: { type: "WriteLocal" },
    });
  });

  test("marks a batched write, and does it again when the worker was lost before its end", async () => {
    const worker = hosted.worker("marked", "tracer");
    expect(await worker.call("remember", "write-remote-batched", true)).toEqual(["done", "smart"]);
    await worker.crash();
    await worker.call("note", "replayed");
    const oplog = await worker.oplog();
    const types = oplog.map(({ entry }) => entry.type);
    expect(types.filter((type) => /RemoteWrite|Jump|Error/.test(type))).toEqual([
      "BeginRemoteWrite",
      "Error",
      "Jump",
      "EndRemoteWrite",
    ]);
    // The first run is forgotten; its log line is not said again.
    expect(oplog.filter(({ entry }) => entry["functionName"] === "tracer::remember")).toHaveLength(2);
  });

  test("records typed values, and gives them back on replay", async () => {
    const worker = hosted.worker("typed", "tracer");
    expect(await worker.call("remember-typed", 21)).toBe("live");
    expect(persisted(await worker.oplog(), "tracer::remember-typed")).toMatchObject({
      request: { typ: { type: "U32" }, value: 21 },
      response: {
        typ: { type: "Record", fields: [{ name: "unit-price" }, { name: "tags" }] },
        value: { "unit-price": 42, tags: ["doubled"] },
      },
      wrappedFunctionType: { type: "ReadRemote" },
    });
    await worker.crash();
    expect(await worker.call("remember-typed", 1)).toBe("live");
  });

  test("has a pollable that is ready until another one is set", () => {
    const call = (name: string, ...args: unknown[]): unknown =>
      Reflect.apply(durability.functions[name]?.run as () => unknown, undefined, [{}, ...args]);
    const lazy = call("[constructor]lazy-initialized-pollable");
    const pollable = call("[method]lazy-initialized-pollable.subscribe", lazy) as Pollable;
    expect([pollable.ready(), pollable.deadline]).toEqual([true, undefined]);
    call("[method]lazy-initialized-pollable.set", lazy, { ready: () => false, deadline: 7n });
    expect([pollable.ready(), pollable.deadline]).toEqual([false, 7n]);
    call("[method]lazy-initialized-pollable.set", lazy, READY);
    expect(pollable.ready()).toBe(true);
  });
});
