import { expect, test } from "vitest";

import { failure } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["survey"], { shards: 1 });

async function look(part: string): Promise<unknown> {
  return JSON.parse(String(await hosted().worker(part, "survey").call("look", part)));
}

test("clocks tell their resolution", async () => {
  expect(await look("clocks")).toEqual(["1n", { seconds: "0n", nanoseconds: 1 }]);
});

test("a pollable tells whether it is ready", async () => {
  expect(await look("ready")).toEqual([true, false]);
});

test("streams skip, write zeroes, and move from one to the other", async () => {
  expect(await look("streams")).toEqual(["2n", "3n", "2n", "1n", "0123456789---567"]);
});

test("a stream's error says what failed", async () => {
  expect(await look("error")).toEqual(["last-operation-failed", "file-too-large"]);
});

test("containers tell about themselves; objects are copied, skipped in lists, and deleted one by one or all", async () => {
  expect(await look("blobs")).toEqual({
    name: "survey",
    info: ["survey", true],
    copy: ["4n", "aaaa"],
    names: [
      ["2n", false],
      [["c"], true],
    ],
    has: [false, false, false],
  });
});

test("values of buckets are written and read as streams, and deleted together", async () => {
  expect(await look("values")).toEqual(["13n", "in two pieces", [false, true, false]]);
});

test("a pollable is ready until it is set to another one", async () => {
  expect(await look("lazy")).toEqual([true, false]);
});

test("the type of a column that is part of another one is kept", async () => {
  expect(await look("columns")).toEqual({ tag: "text" });
});

test("UUIDs are parsed and printed", async () => {
  expect(await look("uuids")).toEqual([
    { highBits: "81985529216486895n", lowBits: "81985529216486895n" },
    "01234567-89ab-cdef-0123-456789abcdef",
    "Not a UUID: no uuid",
  ]);
});

test("a value with its type is taken apart", async () => {
  expect(await look("types")).toEqual([
    { nodes: [{ tag: "prim-u32", val: 7 }] },
    { nodes: [{ tag: "prim-u32-type" }] },
  ]);
});

test("workers are called by name: awaited, triggered, scheduled, cancelled, and ephemerally", async () => {
  expect(await look("calls")).toEqual([11, 5, "protocol-error"]);
  // What was scheduled for a second ago comes about; what was cancelled does not.
  const callee = hosted().worker("calls-callee", "survey");
  await expect.poll(() => callee.call("bump", 0)).toBe(111);
});

test("a worker reads what it has set, and resolves workers and their metadata", async () => {
  expect(await look("host")).toEqual({
    idempotence: false,
    retries: 7,
    metadata: ["running", "0n", null],
    resolved: ["absent", null, true, null],
  });
});

test("requests, their options and responses tell what was set", async () => {
  expect(await look("http")).toEqual([
    [{ tag: "put" }, "/a?b", { tag: "HTTPS" }, "example.org:1"],
    ["1n", "2n", "3n"],
    [418, [["a", "b"]]],
  ]);
});

test("TCP sockets tell what was set; the hop limit is what it is", async () => {
  expect(await look("tcp")).toEqual({
    listening: [true, false],
    remote: true,
    family: "ipv4",
    keepAlive: [true, "1000000000n", "2000000000n", 3],
    sizes: ["5000n", "6000n"],
    hopLimit: [64, "not-supported"],
  });
});

test("UDP sockets tell what was set", async () => {
  expect(await look("udp")).toEqual({
    addresses: [[127, 0, 0, 1], 9],
    family: "ipv4",
    sizes: [9, "5000n", "6000n"],
    ready: true,
  });
});

test("a lookup of names can be waited for", async () => {
  expect(await look("lookup")).toEqual([{ tag: "ipv4", val: [127, 0, 0, 1] }, "no more"]);
});

test.each(["increment", "compareAndSwap", "get", "exists", "set", "getOrSet", "delete"])(
  "what Golem 1.2 does not implement of wasi:keyvalue traps: %s",
  async (name) => {
    expect(await failure(hosted().worker(`trap-${name}`, "survey").call("trap", name))).toMatch(
      /^RuntimeError: .*is not implemented by Golem 1\.2/s,
    );
  },
);
