import { expect, onTestFinished, test } from "vitest";

import { HostClock } from "../../src/clock/host-clock.ts";
import { ShardedClock } from "../../src/router/sharded-clock.ts";

test("sleeps that become longer and longer are not followed to the end of time", async () => {
  const clock = new HostClock(new SharedArrayBuffer(8));
  let cancel: () => void = () => undefined;
  onTestFinished(() => cancel());
  const sleep = (milliseconds: number): void => {
    cancel = clock.timer(clock.now() + milliseconds, () => sleep(2 * milliseconds));
  };
  sleep(60_000);
  const simulated = new ShardedClock(clock, [], () => Promise.resolve());
  await expect(simulated.runUntilIdle()).rejects.toThrow(
    /^Something is due again and again: after \d\d steps.* a promise that nobody has completed/,
  );
});
