import { expect, test } from "vitest";

import { HostClock } from "../../src/ground/clock/host-clock.ts";

const DAY = 86_400_000;

test("all threads' clocks are moved on together", () => {
  const ahead = new SharedArrayBuffer(8);
  const [router, shard] = [new HostClock(ahead), new HostClock(ahead)];
  const before = shard.now();
  router.moveTo(before + DAY);

  expect(shard.now()).toBeGreaterThanOrEqual(before + DAY);
  expect(shard.ahead).toBe(router.ahead);
});

test("the clock never goes back", () => {
  const clock = new HostClock(new SharedArrayBuffer(8));
  clock.moveTo(clock.now() - DAY);

  expect(clock.ahead).toBe(0);
});

test("what is due after a move is done, the earliest first; the rest waits", () => {
  const clock = new HostClock(new SharedArrayBuffer(8));
  const start = clock.now();
  const done: string[] = [];
  clock.timer(start + 2 * DAY, () => done.push("second"));
  clock.timer(start + DAY, () => done.push("first"));
  const cancelled = clock.timer(start + DAY, () => done.push("cancelled"));
  const late = clock.timer(start + 100 * DAY, () => done.push("late"));
  cancelled();
  clock.moveTo(start + 3 * DAY);
  clock.moved();

  expect(done).toEqual(["first", "second"]);
  expect(clock.next?.at).toBe(start + 100 * DAY);
  late();
  expect(clock.next).toBeUndefined();
});

test("a timer rings without a move when its time has come", async () => {
  const clock = new HostClock(new SharedArrayBuffer(8));
  await clock.sleep(5);

  expect(clock.next).toBeUndefined();
});

test("a sleep that is broken off leaves no timer", async () => {
  const clock = new HostClock(new SharedArrayBuffer(8));
  const end = new AbortController();
  const slept = clock.sleep(DAY, end.signal);
  end.abort();
  await slept;

  expect(clock.next).toBeUndefined();
});
