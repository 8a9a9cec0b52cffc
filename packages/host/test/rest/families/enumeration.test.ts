import { beforeAll, describe, expect, test } from "vitest";

import type { WorkerListing } from "../../../src/index.ts";
import { fixtureComponent } from "../../fixtures/fixture-component.ts";
import { type RestComponent, RestHost } from "../rest-host.ts";

const HOUR = 3_600_000;

const host = new RestHost({ suspendAfter: 2 * HOUR });
const fn = (name: string): string => `test:probe-exports/api.{${name}}`;

/** How the comparators are spelled in a query. */
const ORDER = {
  Equal: ["=", "==", "eq", "equal"],
  NotEqual: ["!=", "ne", "notequal"],
  Greater: [">", "gt", "greater"],
  GreaterEqual: [">=", "ge", "greaterequal"],
  Less: ["<", "lt", "less"],
  LessEqual: ["<=", "le", "lessequal"],
} as const;
const TEXT = { Equal: ORDER.Equal, NotEqual: ORDER.NotEqual, Like: ["like"], NotLike: ["notlike"] } as const;

/** The names of the workers that a page lists, sorted. */
function names(body: unknown): readonly string[] {
  return (body as WorkerListing).workers.map(({ workerId }) => workerId.workerName).toSorted();
}

/** What both ways of asking find: by texts, each spelling of them, and by JSON. */
async function foundIn(
  component: RestComponent,
  texts: readonly string[],
  filter: unknown,
): Promise<readonly (readonly string[])[]> {
  const byTexts = texts.map(async (text) => names(await component.list({ filter: text, precise: true })));
  const requestBody = { filter, precise: true };
  const byJson = host.request("POST", `${component.path}/workers/find`, { requestBody });
  return Promise.all([...byTexts, byJson.then(({ body }) => names(body))]);
}

/** Both ways find the same workers, however the comparator is spelled. */
async function expectFound(
  component: RestComponent,
  spellings: readonly string[],
  text: (comparator: string) => string,
  filter: unknown,
  expected: readonly string[],
): Promise<void> {
  for (const found of await foundIn(component, spellings.map(text), filter))
    expect(found).toEqual(expected.toSorted());
}

describe("workers are found by their", () => {
  let component: RestComponent;
  const createdAt = new Map<string, string>();
  // Made an hour apart, the last one of another version.
  beforeAll(async () => {
    component = await host.deployFixture("probe", "test:three");
    await create("early-bird", { COLOUR: "red" });
    await create("noon", { COLOUR: "blue-red" });
    const { wasm } = await fixtureComponent("probe", (program) => `${program}\n`);
    await component.newVersion(wasm);
    await create("late-owl", {});
  });

  async function create(name: string, env: Readonly<Record<string, string>>): Promise<void> {
    await host.clock.advance(HOUR);
    await component.create(name, [], env);
    createdAt.set(name, (await component.worker(name).metadata()).createdAt);
  }

  test.each([
    ["Equal", ["noon"]],
    ["NotEqual", ["early-bird", "late-owl"]],
    ["Greater", ["late-owl"]],
    ["GreaterEqual", ["noon", "late-owl"]],
    ["Less", ["early-bird"]],
    ["LessEqual", ["early-bird", "noon"]],
  ] as const)("time of creation: %s", async (comparator, expected) => {
    const value = createdAt.get("noon") ?? "";
    for (const property of ["createdAt", "created_at"]) {
      const text = (operator: string): string => `${property} ${operator} ${value}`;
      await expectFound(
        component,
        ORDER[comparator],
        text,
        { type: "CreatedAt", comparator, value },
        expected,
      );
    }
  });

  test.each([
    ["Equal", ["late-owl"]],
    ["NotEqual", ["early-bird", "noon"]],
    ["Greater", []],
    ["GreaterEqual", ["late-owl"]],
    ["Less", ["early-bird", "noon"]],
    ["LessEqual", ["early-bird", "noon", "late-owl"]],
  ] as const)("version: %s", async (comparator, expected) => {
    const filter = { type: "Version", comparator, value: 1 };
    await expectFound(component, ORDER[comparator], (operator) => `version ${operator} 1`, filter, expected);
  });

  test.each([
    ["Equal", "noon", ["noon"]],
    ["Equal", "noo", []],
    ["NotEqual", "noon", ["early-bird", "late-owl"]],
    ["Like", "oo", ["noon"]],
    ["Like", "l", ["early-bird", "late-owl"]],
    ["NotLike", "l", ["noon"]],
  ] as const)("name: %s %s", async (comparator, value, expected) => {
    const filter = { type: "Name", comparator, value };
    await expectFound(
      component,
      TEXT[comparator],
      (operator) => `name ${operator} ${value}`,
      filter,
      expected,
    );
  });

  test.each([
    ["Equal", "red", ["early-bird"]],
    ["NotEqual", "red", ["noon"]],
    ["Like", "red", ["early-bird", "noon"]],
    ["NotLike", "blue", ["early-bird"]],
  ] as const)("environment, if it has the variable: %s %s", async (comparator, value, expected) => {
    const filter = { type: "Env", name: "COLOUR", comparator, value };
    const text = (operator: string): string => `env.COLOUR ${operator} ${value}`;
    await expectFound(component, TEXT[comparator], text, filter, expected);
  });

  test("name and environment and version at once, if several filters are given", async () => {
    const filter = ["name like o", "env.COLOUR like red", "version < 1"];
    expect(names(await component.list({ filter }))).toEqual(["noon"]);
  });
});

const IN_ORDER = ["Running", "Idle", "Suspended", "Interrupted", "Retrying", "Failed", "Exited"] as const;

/** A worker of each status, which is its name. */
async function ofEachStatus(): Promise<RestComponent> {
  const component = await host.deployFixture("probe", "test:seven");
  const worker = (status: (typeof IN_ORDER)[number]) => component.worker(status);
  await worker("Running").trigger(fn("sleep"), HOUR);
  await worker("Idle").call(fn("add"), 1);
  await worker("Suspended").trigger(fn("new-promise"));
  await worker("Interrupted").trigger(fn("sleep"), HOUR);
  await worker("Interrupted").recorded("ImportedFunctionInvoked", "monotonic_clock::subscribe_duration");
  await worker("Interrupted").interrupt();
  await worker("Retrying").call(fn("retry-later"), HOUR);
  await worker("Retrying").trigger(fn("fail"), "later");
  await worker("Failed").failure(fn("fail"), "now");
  await worker("Exited").failure(fn("leave"));
  for (const status of IN_ORDER) await worker(status).reaches(status);
  return component;
}

test("workers are found by each status, which are in an order", async () => {
  const component = await ofEachStatus();
  for (const [at, value] of IN_ORDER.entries()) {
    const expected = {
      Equal: [value],
      NotEqual: IN_ORDER.filter((status) => status !== value),
      Greater: IN_ORDER.slice(at + 1),
      GreaterEqual: IN_ORDER.slice(at),
      Less: IN_ORDER.slice(0, at),
      LessEqual: IN_ORDER.slice(0, at + 1),
    } as const;
    for (const [comparator, spellings] of Object.entries(ORDER)) {
      const text = (operator: string): string => `status ${operator} ${value}`;
      const filter = { type: "Status", comparator, value };
      await expectFound(component, spellings, text, filter, expected[comparator as keyof typeof expected]);
    }
  }
});

describe("a filter is refused", () => {
  let component: RestComponent;
  beforeAll(async () => {
    component = await host.deployFixture("probe", "test:refused");
  });

  test.each([
    ["nonsense", "Invalid filter: nonsense"],
    ["", "Invalid filter: "],
    ["colour = red", "Invalid filter: colour = red"],
    ["name =", "Invalid filter: name ="],
    ["name > a", "Unknown String Filter Comparator: >"],
    ["name startsWith a", "Unknown String Filter Comparator: startsWith"],
    ["name ~ a", "Unknown String Filter Comparator: ~"],
    ["env.COLOUR <= a", "Unknown String Filter Comparator: <="],
    ["version like 1", "Unknown Filter Comparator: like"],
    ["version startsWith 1", "Unknown Filter Comparator: startsWith"],
    ["status notlike Idle", "Unknown Filter Comparator: notlike"],
    ["createdAt like 2026", "Unknown Filter Comparator: like"],
    ["version = abc", "Invalid filter value: invalid digit found in string"],
    ["version = -1", "Invalid filter value: invalid digit found in string"],
    ["status = Tired", "Invalid filter value: Unknown worker status: Tired"],
    ["createdAt > soon", "Invalid filter value: soon is no ISO 8601 time"],
  ])("as a text: %j", async (filter, message) => {
    expect(await host.request("GET", `${component.path}/workers`, { query: { filter } })).toMatchObject({
      status: 400,
      body: { errors: [message] },
    });
  });

  test.each([
    { type: "Colour", comparator: "Equal", value: "red" },
    { type: "Name", comparator: "Greater", value: "a" },
    { type: "Name", comparator: "StartsWith", value: "a" },
    { type: "Name", comparator: "equal", value: "a" },
    { type: "Name", comparator: "Equal" },
    { type: "Env", comparator: "Equal", value: "red" },
    { type: "Env", name: "COLOUR", comparator: "Less", value: "red" },
    { type: "Version", comparator: "Like", value: 1 },
    { type: "Version", comparator: "Equal", value: "1" },
    { type: "Status", comparator: "Like", value: "Idle" },
    { type: "Status", comparator: "Equal", value: "Tired" },
    { type: "CreatedAt", comparator: "Like", value: "2026" },
    { type: "CreatedAt", comparator: "Less", value: "soon" },
    { type: "Not" },
    { type: "And", filters: [{ type: "Name", comparator: "Less", value: "a" }] },
    "name = a",
  ])("as JSON: %j", async (filter) => {
    const answer = await host.request("POST", `${component.path}/workers/find`, { requestBody: { filter } });
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining("WorkerFilter") });
  });
});
