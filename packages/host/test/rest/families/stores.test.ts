import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost();
let rust: RestComponent;
let other: RestComponent;
beforeAll(async () => {
  const wasm = await foreignComponent("rust-durable");
  rust = await host.deploy("it:durable", wasm);
  other = await host.deploy("it:other", wasm);
});

const fn = (name: string): string => `it:durable/stores.{${name}}`;

describe("a key-value bucket", () => {
  test("gives what was set, replaces it and deletes it", async () => {
    const worker = rust.worker("bucket");
    const get = (): Promise<unknown> => worker.call(fn("get"), "one", "key");
    expect(await get()).toBeNull();
    expect(await worker.call(fn("exists"), "one", "key")).toBe(false);
    await worker.call(fn("set"), "one", "key", [1, 2, 3]);
    expect(await get()).toEqual([1, 2, 3]);
    expect(await worker.call(fn("exists"), "one", "key")).toBe(true);
    await worker.call(fn("set"), "one", "key", [4, 5]);
    expect(await get()).toEqual([4, 5]);
    await worker.call(fn("delete"), "one", "key");
    expect(await get()).toBeNull();
    expect(await worker.call(fn("exists"), "one", "key")).toBe(false);
  });

  test("is one for all workers and components", async () => {
    await rust.worker("writer").call(fn("set"), "shared", "key", [7]);
    expect(await rust.worker("reader").call(fn("get"), "shared", "key")).toEqual([7]);
    expect(await other.worker("reader").call(fn("get"), "shared", "key")).toEqual([7]);
  });

  test("takes, gives, deletes and lists many at once", async () => {
    const worker = rust.worker("batch");
    await worker.call(fn("set-many"), "many", [
      ["key1", [1]],
      ["key2", [2]],
      ["key3", []],
    ]);
    expect(await worker.call(fn("get-many"), "many", ["key1", "key2", "key3"])).toEqual([[1], [2], []]);
    expect(await worker.call(fn("keys"), "many")).toEqual(["key1", "key2", "key3"]);
    await worker.call(fn("delete-many"), "many", ["key1", "key3"]);
    expect(await worker.call(fn("keys"), "many")).toEqual(["key2"]);
  });

  test("gives nothing of many if one is missing", async () => {
    const worker = rust.worker("batch-missing");
    await worker.call(fn("set"), "missing", "key1", [1]);
    expect(await worker.call(fn("get-many"), "missing", ["key1", "key2"])).toBeNull();
  });

  test("is written once, though the worker that wrote is replayed", async () => {
    const worker = rust.worker("replayed");
    await worker.call(fn("set"), "replay", "key", [1]);
    await rust.worker("later").call(fn("set"), "replay", "key", [2]);
    await host.restart();
    expect(await worker.call(fn("get"), "replay", "key")).toEqual([2]);
    const names = (await worker.oplog()).map(({ entry }) => entry["functionName"]);
    expect(names).toContain("golem keyvalue::eventual::set");
  });
});

describe("a container of blobs", () => {
  test("exists when it was created, and not before", async () => {
    const worker = rust.worker("container");
    expect(await worker.call(fn("container-exists"), "box")).toBe(false);
    expect(await worker.call(fn("create-container"), "box")).toEqual({ ok: "box" });
    expect(await worker.call(fn("container-exists"), "box")).toBe(true);
    expect(await other.worker("container").call(fn("container-exists"), "box")).toBe(true);
  });

  test("keeps objects for every worker, and gives parts of them", async () => {
    const worker = rust.worker("objects");
    await worker.call(fn("create-container"), "objects");
    const data = Array.from({ length: 5_000 }, (_, at) => at % 256);
    expect(await worker.call(fn("write-object"), "objects", "big", data)).toEqual({ ok: null });
    await worker.call(fn("write-object"), "objects", "small", [1, 2, 3]);
    const reader = rust.worker("objects-reader");
    expect(await reader.call(fn("read-object"), "objects", "small", 1, 3)).toEqual({ ok: [2, 3] });
    expect(await reader.call(fn("read-object"), "objects", "big", 0, 5_000)).toEqual({ ok: data });
    expect(await reader.call(fn("list-objects"), "objects")).toEqual({ ok: ["big", "small"] });
  });

  test("that is not there is an error", async () => {
    const worker = rust.worker("nowhere");
    expect(await worker.call(fn("list-objects"), "nowhere")).toEqual({ err: "Container not found" });
    await worker.call(fn("create-container"), "somewhere");
    expect(await worker.call(fn("read-object"), "somewhere", "nothing", 0, 1)).toEqual({
      err: "Object does not exist",
    });
  });
});
