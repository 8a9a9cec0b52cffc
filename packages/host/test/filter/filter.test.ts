import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WorkerFilter } from "../../src/ground/filter/worker-filter.ts";
import type { WorkerMetadata } from "../../src/ground/api/worker-metadata.ts";
import { filterFromJson } from "../../src/ground/filter/filter-from-json.ts";
import { matchesFilter } from "../../src/ground/filter/matches-filter.ts";
import { WORKER_STATUSES, WorkerFilterError, parseFilters } from "../../src/ground/filter/parse-filter.ts";

const worker: WorkerMetadata = {
  workerId: { componentId: "01a00fcd-39f1-4616-a9b4-8f3b3b62c750", workerName: "order-17" },
  args: [],
  env: { TENANT: "acme corp" },
  status: "Suspended",
  componentVersion: 3,
  retryCount: 0,
  pendingInvocationCount: 0,
  updates: [],
  createdAt: "2026-11-22T16:47:28.340Z",
  lastError: null,
  componentSize: 1,
  totalLinearMemorySize: 1,
  ownedResources: {},
  activePlugins: [],
};

function matches(...texts: string[]): boolean {
  const filter = parseFilters(texts);
  if (filter === undefined) throw new Error("no filter");
  return matchesFilter(filter, worker);
}

describe("a filter text", () => {
  test.each([
    "name = order-17",
    "name == order-17",
    "name like der",
    "name != order-18",
    "name notlike cart",
    "  name   =   order-17  ",
    "status = Suspended",
    "status = suspended",
    "status > Idle",
    "status < Failed",
    "version >= 3",
    "version lt 4",
    "env.TENANT = acme corp",
    "env.TENANT like corp",
    "createdAt > 2024-01-01T00:00:00Z",
    "created_at <= 2026-11-22T16:47:28.340Z",
  ])("%s is met", (text) => {
    expect(matches(text)).toBe(true);
  });

  test.each([
    "name = order-1",
    "status != Suspended",
    "status >= Failed",
    "version > 3",
    "env.TENANT != acme corp",
    "env.OTHER = x",
    "env.OTHER != x",
    "env.toString like native",
    "createdAt < 2024-01-01T00:00:00Z",
  ])("%s is not met", (text) => {
    expect(matches(text)).toBe(false);
  });

  test.each([
    ["nonsense", "Invalid filter: nonsense"],
    ["colour = red", "Invalid filter: colour = red"],
    ["version = abc", "Invalid filter value: invalid digit found in string"],
    ["version like 1", "Unknown Filter Comparator: like"],
    ["name > a", "Unknown String Filter Comparator: >"],
    ["status = Tired", "Invalid filter value: Unknown worker status: Tired"],
    ["createdAt > soon", "Invalid filter value: soon is no ISO 8601 time"],
  ])("%s is refused", (text, message) => {
    expect(() => parseFilters([text])).toThrow(new WorkerFilterError(message));
  });
});

test("a worker has to meet all filters", () => {
  expect(matches("name like order", "version = 3")).toBe(true);
  expect(matches("name like order", "version = 4")).toBe(false);
});

test("no texts make no filter", () => {
  expect(parseFilters([])).toBeUndefined();
});

const filters: fc.Arbitrary<WorkerFilter> = fc.letrec<{ filter: WorkerFilter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc.record({
      type: fc.constant("Name" as const),
      comparator: fc.constantFrom("Equal", "NotEqual", "Like", "NotLike"),
      value: fc.constantFrom("order-17", "order", "x"),
    }),
    fc.record({
      type: fc.constant("Status" as const),
      comparator: fc.constantFrom("Equal", "NotEqual", "Less", "LessEqual", "Greater", "GreaterEqual"),
      value: fc.constantFrom(...WORKER_STATUSES),
    }),
    fc.record({ type: fc.constant("Not" as const), filter: tie("filter") }),
    fc.record({
      type: fc.constantFrom("And" as const, "Or" as const),
      filters: fc.array(tie("filter"), { maxLength: 3 }),
    }),
  ),
})).filter;

describe("filter JSON", () => {
  test("is read as it is", () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(filterFromJson(structuredClone(filter))).toEqual(filter);
      }),
    );
  });

  test("obeys De Morgan", () => {
    fc.assert(
      fc.property(fc.array(filters, { maxLength: 3 }), (inner) => {
        const either = matchesFilter({ type: "Or", filters: inner }, worker);
        const neither = {
          type: "And",
          filters: inner.map((filter) => ({ type: "Not", filter }) as const),
        } as const;
        expect(matchesFilter(neither, worker)).toBe(!either);
      }),
    );
  });

  test.each([
    null,
    "Name",
    { type: "Nope" },
    { type: "Name", comparator: "Greater", value: "x" },
    { type: "Name", comparator: "Equal", value: 1 },
    { type: "Env", comparator: "Equal", value: "x" },
    { type: "Status", comparator: "Equal", value: "Tired" },
    { type: "Version", comparator: "Equal", value: -1 },
    { type: "CreatedAt", comparator: "Less", value: "soon" },
    { type: "And", filters: [{ type: "Nope" }] },
    { type: "Not" },
  ])("%j is refused", (json) => {
    expect(filterFromJson(json)).toBeUndefined();
  });

  test("is refused when it nests too deep", () => {
    let filter: unknown = { type: "Name", comparator: "Equal", value: "x" };
    for (let depth = 0; depth < 100; depth++) filter = { type: "Not", filter };
    expect(filterFromJson(filter)).toBeUndefined();
  });
});
