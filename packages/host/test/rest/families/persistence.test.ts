import { beforeAll, describe, expect, test } from "vitest";

import { type RestComponent, RestHost } from "../rest-host.ts";
import type { RestWorker } from "../rest-worker.ts";

const host = new RestHost({ suspendAfter: 60_000, retryDelays: false });
let forkers: RestComponent;
beforeAll(async () => {
  forkers = await host.deployFixture("forker");
});

const fn = (name: string): string => `test:forker-exports/api.{${name}}`;

/** How often the worker has drawn a number, and which changes of the level it has recorded. */
async function recorded(worker: RestWorker) {
  const entries = (await worker.oplog()).map(({ entry }) => entry);
  return {
    draws: entries.filter((entry) => String(entry["functionName"]).startsWith("golem random::")).length,
    levels: entries.flatMap((entry) =>
      entry.type === "ChangePersistenceLevel" ? [entry["persistenceLevel"]] : [],
    ),
  };
}

describe("what a program does is recorded", () => {
  test.each([
    ["smart", []],
    ["persist-remote-side-effects", ["PersistRemoteSideEffects"]],
  ])("at the level %s, and is the same after a restart of the server", async (level, levels) => {
    const worker = forkers.worker(level);
    const { text } = await worker.invokeText(fn("draw-at"), JSON.stringify(level));
    expect(await recorded(worker)).toEqual({ draws: 1, levels });
    await host.restart();
    await worker.crash();
    expect(await worker.call(fn("add"), 1)).toBe(1);
    expect(await recorded(worker)).toEqual({ draws: 1, levels });
    expect(text).toContain('"result"');
  });
});

describe("what a program does not want to be persisted", () => {
  test("is not replayed", async () => {
    const worker = forkers.worker("skipped");
    await worker.call(fn("unpersisted-log"));
    const drawn = await worker.call(fn("draw"));
    await host.restart();
    expect(await worker.call(fn("draw"))).toBe(drawn);
    expect(await worker.output()).toEqual(["not persisted"]);
  });

  test("is done again when the worker is lost in the middle of it", async () => {
    const worker = forkers.worker("again");
    const answer = worker.invoke(fn("unpersisted"), 30_000);
    await worker.recorded("ImportedFunctionInvoked", "monotonic_clock::subscribe_duration");
    expect((await recorded(worker)).draws).toBe(1);
    await worker.crash();
    await expect.poll(async () => (await recorded(worker)).draws).toBe(2);
    await host.clock.advance(60_000);
    expect(await answer).toMatchObject({ status: 200 });
  });

  test("cannot be replayed once it is over", async () => {
    const worker = forkers.worker("over");
    await worker.call(fn("unpersisted"), 0);
    await host.restart();
    expect((await worker.failure(fn("add"), 1)).details).toContain(
      "Trying to replay an durable invocation in a PersistNothing block",
    );
    expect(await worker.status()).toBe("Failed");
  });
});
