import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { describe, expect, onTestFinished, test } from "vitest";

import { Rest, type RestLimits } from "../../src/router/rest.ts";
import { Activity, type ActivityReport } from "../../src/shard/activity.ts";

const LIMITS: RestLimits = { looks: 50, looksAgain: 10, changes: 1_000, patience: 60_000 };

/** Soon told. */
const IMPATIENT: RestLimits = { ...LIMITS, patience: 200 };

const NAME = "shop:orders/ada";

const never = new Promise<never>(() => undefined);

/** What may rest or not, and how often was looked at it. */
function watched(limits: RestLimits = LIMITS) {
  const activity = new Activity();
  const watch = { activity, looks: 0, rest: new Rest(() => look(), limits) };
  const look = async () => {
    watch.looks += 1;
    return [activity.report()];
  };
  return watch;
}

/** Lets this process compute, as an endless guest would. */
function compute(): void {
  const thread = new Worker("for (;;);", { eval: true });
  onTestFinished(async () => void (await thread.terminate()));
}

describe("a host rests", () => {
  test("when nothing runs", async () => {
    const { rest } = watched();
    await rest.reached();
  });

  test("when what runs has ended, however long the machine takes over it", async () => {
    const watch = watched();
    const { promise, resolve } = Promise.withResolvers<void>();
    const run = watch.activity.during(() => promise);
    const rested = watch.rest.reached();
    // Many more looks than anything that is waited for outside is given.
    while (watch.looks < 3 * LIMITS.looks) await setImmediate();
    resolve();
    await run;
    await rested;
  });

  test("when something outside was waited for in vain, and sooner the next time", async () => {
    const watch = watched();
    const { activity, rest } = watch;
    void activity.during(() => activity.waiting(never, "outside"));
    await rest.reached();
    expect(watch.looks).toBeGreaterThan(LIMITS.looks);
    watch.looks = 0;
    await rest.reached();
    expect(watch.looks).toBeLessThan(LIMITS.looks);
    watch.looks = 0;
    void activity.during(() => activity.waiting(never, "outside"));
    await rest.reached();
    expect(watch.looks).toBeGreaterThan(LIMITS.looks);
  });

  test("at once when a worker waits for another one or for time", async () => {
    const watch = watched();
    void watch.activity.during(() => watch.activity.waiting(never, "inside"));
    await watch.rest.reached();
    expect(watch.looks).toBeLessThan(LIMITS.looksAgain);
  });
});

test("a host does not rest while a call is on its way between threads, though nobody runs", async () => {
  const [caller, router, callee] = [new Activity(), new Activity(), new Activity()];
  const [answer, passed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let hasAnswer = false;
  const waiting = caller.during(() => caller.waiting(answer.promise, "inside"));
  // The callee has answered a call with this key before: it runs nothing. What was sent before a thread is asked for its
  // report has arrived when it makes it.
  const steps = [
    { look: 1, at: "router", step: () => void router.passing(() => passed.promise) },
    { look: 2, at: "callee", step: () => void callee.passing(() => Promise.resolve()) },
    { look: 2, at: "router", step: () => passed.resolve() },
    {
      look: 3,
      at: "caller",
      step: () => {
        hasAnswer = true;
        answer.resolve();
      },
    },
  ];
  let looks = 0;
  const reportOf = async (at: string, activity: Activity): Promise<ActivityReport> => {
    steps.find((each) => each.look === looks && each.at === at)?.step();
    await setImmediate();
    return activity.report();
  };
  const look = async () => {
    looks += 1;
    return [
      await reportOf("caller", caller),
      await reportOf("callee", callee),
      await reportOf("router", router),
    ];
  };

  await new Rest(look, LIMITS).reached();

  expect(hasAnswer).toBe(true);
  await waiting;
});

describe("that a host will never rest is told", () => {
  test("when things happen without end", async () => {
    const { activity, rest } = watched();
    const ended = new AbortController();
    const calls = async (): Promise<void> => {
      while (!ended.signal.aborted) await activity.during(() => setImmediate(), NAME);
    };
    const calling = activity.during(calls, NAME);
    await expect(rest.reached()).rejects.toThrow(
      "The host does not come to rest: 1000 things have happened, and shop:orders/ada still runs.",
    );
    ended.abort();
    await calling;
  });

  test("when a worker computes without end", async () => {
    const { activity, rest } = watched(IMPATIENT);
    void activity.during(() => never, NAME);
    compute();
    await expect(rest.reached()).rejects.toThrow(
      "for 0.2 s nothing has happened, and shop:orders/ada still runs.",
    );
  });

  test("when a thread makes no progress, whatever another one does", async () => {
    const [stuck, lively] = [new Activity(), new Activity()];
    void stuck.during(() => never);
    const look = async () => {
      await lively.during(() => Promise.resolve());
      return [stuck.report(), lively.report()];
    };
    compute();
    await expect(new Rest(look, { ...IMPATIENT, changes: 1e9 }).reached()).rejects.toThrow(
      "for 0.2 s nothing has happened",
    );
  });
});
