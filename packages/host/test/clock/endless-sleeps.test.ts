import { expect, onTestFinished, test } from "vitest";

import { HostClock } from "../../src/ground/clock/host-clock.ts";
import { type PassLimits, ShardedClock } from "../../src/router/sharded-clock.ts";

/** A clock with a worker that sleeps again whenever it wakes, each time so many times as long. */
function sleepless(factor: number, limits?: PassLimits): ShardedClock {
  const clock = new HostClock(new SharedArrayBuffer(8));
  let cancel: () => void = () => undefined;
  onTestFinished(() => cancel());
  const sleep = (milliseconds: number): void => {
    cancel = clock.timer(clock.now() + milliseconds, () => sleep(factor * milliseconds), "id/ada");
  };
  sleep(60_000);
  const title = (worker: string): string => worker.replace("id/", "shop:orders/");
  return new ShardedClock(
    { clock, shards: [], settled: () => Promise.resolve(), wakes: () => [], title },
    limits,
  );
}

test("sleeps that become longer and longer are not followed to the end of time", async () => {
  await expect(sleepless(2).runUntilIdle()).rejects.toThrow(
    /^Something is due again and again: after \d\d steps.* a promise that nobody has completed/,
  );
});

test("who sleeps again and again is named, and followed only for so long", async () => {
  const clock = sleepless(1, { steps: Number.POSITIVE_INFINITY, time: 50 });

  await expect(clock.runUntilIdle()).rejects.toThrow(/ shop:orders\/ada \(\d+ times\) still waits for time/);
  const ahead = clock.ahead;
  await new Promise((resolve) => setImmediate(resolve));
  expect(clock.ahead).toBe(ahead);
});

test("time that is to pass passes, however long that takes", async () => {
  const clock = sleepless(1, { steps: Number.POSITIVE_INFINITY, time: 0 });
  const before = clock.now();
  await clock.advance(600_000);

  expect(clock.now() - before).toBeGreaterThanOrEqual(600_000);
});
