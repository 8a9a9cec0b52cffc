import { expect, test } from "vitest";

import { where } from "../src/worker/where.ts";

const idle = { tag: "status", val: { comparator: "equal", value: "idle" } };
const old = { tag: "version", val: { comparator: "less", value: 3n } };
const name = (comparator: string, value: string) => ({ tag: "name", val: { comparator, value } });

test("conditions that Golem knows make one query, an alternative of conjunctions", () => {
  const filter = where.status("idle").or(where.name.equal("a")).and(where.version.less(3n));
  expect(filter.queries().map((query) => query.filter)).toEqual([
    { filters: [{ filters: [idle, old] }, { filters: [name("equal", "a"), old] }] },
  ]);
});

test("a beginning is looked for as a part, and checked in what is found: each alternative by itself", () => {
  const worker = {
    componentId: "c",
    workerName: "banana",
    status: "idle",
    args: [],
    env: {},
    componentVersion: 0n,
    retryCount: 0n,
  } as const;
  const queries = where.name.startsWith("an").or(where.status("idle")).queries();
  expect(queries.map((query) => query.filter)).toEqual([
    { filters: [{ filters: [name("like", "an")] }] },
    { filters: [{ filters: [idle] }] },
  ]);
  expect(queries.map((query) => query.accepts(worker))).toEqual([false, true]);
  expect(queries[0]?.accepts({ ...worker, workerName: "ananas" })).toBe(true);
});

test("times are compared in milliseconds since the epoch", () => {
  const [query] = where.createdAt.greaterEqual(new Date(1_700_000_000_123)).queries();
  expect(query?.filter.filters[0]?.filters).toEqual([
    { tag: "created-at", val: { comparator: "greater-equal", value: 1_700_000_000_123n } },
  ]);
});
