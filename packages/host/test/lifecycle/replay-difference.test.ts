import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { Hosted, type HostedWorker } from "../hosted.ts";
import { deploy } from "./versions.ts";

/** Other results, other calls, and a mistake, each in a function of its own. */
function worse(program: string): string {
  return program
    .replace("return { sku, amount: amount * 2 };", "return { sku, amount: amount * 3 };")
    .replace("return content;", "return content + '!';")
    .replace("dice: () => [", "dice: () => [generateIdempotencyKey().highBits, ")
    .replace("bump(by) {", 'bump(by) {\n    put("total", String(by));')
    .replace("  store,\n", "  store: () => { for (;;); },\n")
    .replace("  get,\n", '  get: () => exit({ tag: "err" }),\n');
}

const LONG = "x".repeat(100_000);

describe("of a replay that differs, a move tells", () => {
  let hosted: Hosted;
  beforeAll(() => Promise.all([fixtureComponent("probe"), fixtureComponent("probe", worse)]), 120_000);
  beforeEach(async () => {
    const opened = await Hosted.open(["probe"]);
    hosted = opened;
    return () => opened[Symbol.asyncDispose]();
  });

  async function difference({ id }: HostedWorker) {
    const outcome = await hosted.host.workers.move(id, await deploy(hosted, "probe", worse));
    if (outcome.status !== "stays" || !("index" in outcome.reason)) throw new Error(JSON.stringify(outcome));
    return outcome.reason;
  }

  test("both results and the place where they differ", async () => {
    const worker = hosted.worker("result");
    await worker.callWithKey("key-1", "double", { sku: "tea", amount: 2 });
    const end =
      (await worker.oplog()).findIndex(({ entry }) => entry.type === "ExportedFunctionCompleted") + 1;
    const found = await difference(worker);
    expect(found).toMatchObject({
      index: end,
      lastFitting: end - 1,
      invocation: { function: "test:probe-exports/api.{double}", idempotencyKey: "key-1" },
      recorded: { summary: "ExportedFunctionCompleted", response: 'ok({sku: "tea", amount: 4})' },
      attempted: {
        summary: "the end of test:probe-exports/api.{double} with another result than recorded",
        function: "test:probe-exports/api.{double}",
        response: 'ok({sku: "tea", amount: 6})',
      },
      where: "ok.amount",
    });
    const details = (await worker.metadata()).updates.at(-1)?.details;
    expect(details).toBe(found.message);
    expect(details).toContain("At ok.amount it returns 6, where 4 is recorded.");
    expect(details).toContain('recorded response: ok({sku: "tea", amount: 4})');
    expect(details).toContain('now response: ok({sku: "tea", amount: 6})');
  });

  test("both calls with what they were given", async () => {
    const worker = hosted.worker("call");
    await worker.call("dice");
    const found = await difference(worker);
    expect(found).toMatchObject({
      recorded: {
        summary: "ImportedFunctionInvoked golem random::get_random_u64",
        function: "golem random::get_random_u64",
        response: expect.stringMatching(/^\d+$/) as unknown,
      },
      attempted: {
        summary: "a call of golem api::generate_idempotency_key",
        function: "golem api::generate_idempotency_key",
      },
      stack: expect.stringContaining("wasm") as unknown,
    });
    expect(found.message).toMatch(/\n {2}recorded response: \d+\n/);
  });

  test("what a call would have been given that is not recorded at all", async () => {
    const worker = hosted.worker("more");
    await worker.call("bump", 7n);
    const found = await difference(worker);
    expect(found).toMatchObject({
      attempted: {
        function: "golem keyvalue::eventual::set",
        request: expect.stringContaining('key: "total"') as unknown,
      },
    });
  });

  test("what ends the new code, and where the replay had come to", async () => {
    const worker = hosted.worker("ends");
    await worker.call("get", "nothing");
    const found = await difference(worker);
    expect(found.attempted.summary).toBe("what ends the worker: exit");
    expect(found.recorded).toMatchObject({ function: "golem keyvalue::eventual::get" });
    expect(found.invocation?.function).toBe("test:probe-exports/api.{get}");
    expect(found.message).toContain(`The replay had come to oplog index ${found.index}`);
    expect(await worker.status()).toBe("Idle");
  });

  test("that it gets no further, and the worker answers again", { timeout: 60_000 }, async () => {
    const worker = hosted.worker("endless");
    await worker.call("store", "name", "content");
    const moving = difference(worker);
    // It is the next to run, on whatever code.
    const answer = worker.call("environment");
    const found = await moving;
    expect(found.attempted.summary).toMatch(
      /^what computes or waits: it has not come to the next entry for \d+ s$/,
    );
    expect(found.invocation?.function).toBe("test:probe-exports/api.{store}");
    expect(await answer).toEqual(expect.arrayContaining([["GOLEM_COMPONENT_VERSION", "0"]]));
  });

  test("of values that are large the begin", async () => {
    const worker = hosted.worker("large");
    await worker.call("append", "long", LONG);
    const found = await difference(worker);
    expect(found.recorded.response?.length).toBeLessThan(2_100);
    expect(found.attempted.response).toMatch(/^"x{100}/);
    expect((await worker.metadata()).updates.at(-1)?.details?.length).toBeLessThan(3_000);
  });
});
