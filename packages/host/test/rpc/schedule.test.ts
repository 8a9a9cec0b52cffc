import { expect, test } from "vitest";

import { Hosted } from "../hosted.ts";

const settle = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

test("a scheduled call runs once, when its time has come", async () => {
  await using hosted = await Hosted.open(["probe", "caller"]);
  const callee = hosted.worker("callee");
  await callee.call("add", 0n);
  const before = Date.now();
  await hosted.worker("caller", "caller").call("bump-later", "callee", 5n, 300);
  await expect.poll(() => callee.call("add", 0n), { interval: 20 }).toBe(5n);
  expect(Date.now() - before).toBeGreaterThanOrEqual(300);
});

test("a scheduled call brings its worker to life", async () => {
  await using hosted = await Hosted.open(["probe", "caller"]);
  await hosted.worker("caller", "caller").call("bump-later", "newborn", 5n, 0);
  await expect
    .poll(async () => (await hosted.host.workers.list(hosted.componentId("probe"))).workers.length)
    .toBe(1);
  expect(await hosted.worker("newborn").call("add", 0n)).toBe(5n);
});

test("a scheduled call that was due while the host was down runs once it is back", async () => {
  await using hosted = await Hosted.open(["probe", "caller"]);
  await hosted.worker("caller", "caller").call("bump-later", "callee", 5n, 50);
  await hosted.stop();
  await settle(50);
  await hosted.start();
  await expect.poll(() => hosted.worker("callee").call("add", 0n)).toBe(5n);
  await hosted.restart();
  expect(await hosted.worker("callee").call("add", 0n)).toBe(5n);
});

test("a call that is scheduled is not scheduled again by the replay of its caller", async () => {
  await using hosted = await Hosted.open(["probe", "caller"]);
  const caller = hosted.worker("caller", "caller");
  await caller.call("bump-later", "callee", 5n, 0);
  await expect.poll(() => hosted.worker("callee").call("add", 0n)).toBe(5n);
  await caller.crash();
  await caller.call("bump-later", "callee", 1n, 0);
  await expect.poll(() => hosted.worker("callee").call("add", 0n)).toBe(6n);
});

test("a cancelled call does not run", async () => {
  await using hosted = await Hosted.open(["probe", "caller"]);
  const caller = hosted.worker("caller", "caller");
  await caller.call("bump-never", "callee", 5n, 100);
  // A call that was scheduled later for later tells when the cancelled one would have run.
  await caller.call("bump-later", "callee", 1n, 200);
  await expect.poll(() => hosted.worker("callee").call("add", 0n)).toBe(1n);
});
