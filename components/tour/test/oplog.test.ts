import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

describe.for(halves)("the oplog, %s:", (half) => {
  test("a worker goes back in its history, and forgets what it did since", async ({ guest }) => {
    const { name, worker, call } = guest(half);

    expect(await call("go-back", name, 3)).toBe(3);
    const jumps = (await worker.oplog()).filter(({ entry }) => entry.type === "Jump");
    expect(jumps).toHaveLength(2);
  });

  test("a commit returns when all is stored", async ({ guest }) => {
    expect(await guest(half).call("commit")).toBeUndefined();
  });

  test("spans inherit the attributes of those around them", async ({ guest }) => {
    const { worker, call } = guest(half);

    expect(await call("spans")).toEqual(["blue", "red"]);
    const spans = (await worker.oplog()).filter(({ entry }) => entry.type.endsWith("Span"));
    expect(spans.map(({ entry }) => entry.type)).toEqual([
      "StartSpan",
      "StartSpan",
      "FinishSpan",
      "FinishSpan",
    ]);
  });

  test("another worker's entries are read, and searched", async ({ guest }) => {
    const writer = guest(half);
    const reader = guest(half);
    await writer.call("log", "a needle");

    expect(await reader.call("oplog", writer.name)).toEqual([
      "create",
      "pending-worker-invocation",
      "exported-function-invoked",
      "log",
      "exported-function-completed",
    ]);
    expect(await reader.call("search-oplog", writer.name, "needle")).toBeGreaterThan(0);
    expect(await reader.call("search-oplog", writer.name, "haystack")).toBe(0);
  });
});
