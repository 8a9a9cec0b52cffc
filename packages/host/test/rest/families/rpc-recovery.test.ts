import { beforeAll, describe, expect, test } from "vitest";

import { type RestComponent, RestHost } from "../rest-host.ts";
import type { RestWorker } from "../rest-worker.ts";

const HOUR = 3_600_000;

const host = new RestHost({ shards: 2, retryDelays: false, suspendAfter: 2 * HOUR });
let callers: RestComponent;
let probes: RestComponent;
beforeAll(async () => {
  callers = await host.deployFixture("caller");
  probes = await host.deployFixture("probe");
});

const inCaller = (name: string): string => `test:caller-exports/api.{${name}}`;
const inProbe = (name: string): string => `test:probe-exports/api.{${name}}`;

/** Short enough to stay in memory, and over when the clock is moved. */
const SLEEP = HOUR;

async function runs(worker: RestWorker): Promise<number> {
  return (await worker.oplog()).filter(({ entry }) => entry.type === "ExportedFunctionInvoked").length;
}

/** A caller in the middle of a call of the key `k`, and the callee, in the middle of what it was called for. */
async function calling(name: string) {
  const caller = callers.worker(`caller-of-${name}`);
  const callee = probes.worker(name);
  const answer = () => caller.invokeWithKey("k", inCaller("sleep"), name, SLEEP);
  // The server may be gone before it answers.
  const first = answer().catch(() => undefined);
  await callee.recorded("ImportedFunctionInvoked", "monotonic_clock::subscribe_duration");
  return { caller, callee, first, answer };
}

const SLEPT = { status: 200, body: { result: { value: [expect.any(Number)] } } };

const LOST = {
  status: 500,
  body: {
    golemError: {
      type: "RuntimeError",
      details: expect.stringContaining("remote-internal-error: Interrupted via the Golem API"),
    },
  },
};

describe("a call between workers runs once, and is answered,", () => {
  type Pair = Awaited<ReturnType<typeof calling>>;
  test.each<[string, (pair: Pair) => Promise<unknown>]>([
    ["though its caller crashes", ({ caller }) => caller.crash()],
    ["though the worker that is called crashes", ({ callee }) => callee.crash()],
    ["though both crash", ({ caller, callee }) => Promise.all([caller.crash(), callee.crash()])],
    ["though the server is restarted", () => host.restart()],
    [
      "though its caller is interrupted, once that is resumed",
      async ({ caller }) => {
        await caller.interrupt();
        await caller.resume();
      },
    ],
  ])("%s", async (title, disturb) => {
    const pair = await calling(title.replaceAll(" ", "-"));
    await disturb(pair);
    const answer = pair.answer();
    await host.clock.advance(SLEEP);
    expect(await answer).toMatchObject(SLEPT);
    expect(await runs(pair.callee)).toBe(1);
    expect(await pair.caller.status()).toBe("Idle");
  });
});

describe("a call between workers", () => {
  test("goes on when its caller is deleted", async () => {
    const { caller, callee } = await calling("orphan");
    await caller.delete();
    await host.clock.advance(SLEEP);
    await callee.reaches("Idle");
    expect(await runs(callee)).toBe(1);
  });

  test("fails its caller when the worker that is called is interrupted, which can be resumed", async () => {
    const { caller, callee, first } = await calling("interrupted");
    await callee.interrupt();
    expect(await first).toMatchObject(LOST);
    expect(await caller.status()).toBe("Failed");
    await callee.resume();
    await host.clock.advance(SLEEP);
    await callee.reaches("Idle");
    expect(await runs(callee)).toBe(1);
  });

  test("fails its caller when the worker that is called is deleted", async () => {
    const { caller, callee, first } = await calling("deleted");
    await callee.delete();
    expect(await first).toMatchObject(LOST);
    expect(await caller.status()).toBe("Failed");
    expect((await callee.request("GET", "")).status).toBe(404);
  });

  test("fails its caller when it is cancelled there before it has begun", async () => {
    const { callee, answer } = await calling("busy");
    const second = callers.worker("second-caller");
    const failure = second.failure(inCaller("add"), "busy", 1);
    const waits = async () => (await callee.metadata()).pendingInvocationCount;
    await expect.poll(waits, { interval: 10 }).toBe(1);
    const waiting = (await callee.oplog())
      .flatMap(({ entry }) =>
        entry.type === "PendingWorkerInvocation"
          ? [entry["invocation"] as { readonly idempotencyKey: string }]
          : [],
      )
      .at(-1);
    expect(await callee.cancel(waiting?.idempotencyKey ?? "")).toMatchObject({ status: 200 });
    expect((await failure).details).toContain("The invocation was cancelled");
    const answered = answer();
    await host.clock.advance(SLEEP);
    expect(await answered).toMatchObject(SLEPT);
    expect(await callee.call(inProbe("add"), 0)).toBe(0);
  });

  test("that nobody waits for runs once, whatever is lost", async () => {
    const caller = callers.worker("triggers");
    await caller.call(inCaller("bump"), "triggered", 4);
    await caller.crash();
    await host.restart();
    await caller.call(inCaller("relay"), []);
    await host.clock.runUntilIdle();
    expect(await probes.worker("triggered").call(inProbe("add"), 0)).toBe(4);
  });

  test("for later happens when its time has come, once, also when the server was restarted meanwhile", async () => {
    const caller = callers.worker("schedules");
    await caller.call(inCaller("bump-later"), "scheduled", 4, HOUR);
    await host.clock.advance(HOUR / 2);
    expect((await probes.worker("scheduled").request("GET", "")).status).toBe(404);
    await host.restart();
    await caller.crash();
    await host.clock.advance(HOUR);
    expect(await probes.worker("scheduled").call(inProbe("add"), 0)).toBe(4);
  });

  test("for later never happens if it is cancelled, also when its caller is replayed", async () => {
    const caller = callers.worker("cancels");
    await caller.call(inCaller("bump-never"), "cancelled", 4, HOUR);
    await caller.crash();
    await host.restart();
    await caller.call(inCaller("relay"), []);
    await host.clock.advance(2 * HOUR);
    expect((await probes.worker("cancelled").request("GET", "")).status).toBe(404);
  });

  test("that was begun and is waited for in a later invocation is not lost with the server", async () => {
    const caller = callers.worker("begins");
    await caller.call(inCaller("begin-add"), "begun", 2);
    await host.restart();
    expect(await caller.call(inCaller("end-add"))).toBe(2);
    expect(await probes.worker("begun").call(inProbe("add"), 0)).toBe(2);
  });

  test("keeps a resource there, though the server is restarted and the caller crashes", async () => {
    const caller = callers.worker("keeper");
    await caller.call(inCaller("keep-tally"), "tallied", 3);
    expect(await caller.call(inCaller("kept-tally"), 1)).toBe(4);
    await host.restart();
    await caller.crash();
    expect(await caller.call(inCaller("kept-tally"), 1)).toBe(5);
    await caller.call(inCaller("drop-tally"));
    await expect
      .poll(async () => Object.keys((await probes.worker("tallied").metadata()).ownedResources))
      .toEqual([]);
  });
});
