import { expect, test } from "vitest";

import { sharedHost } from "../shared-host.ts";

const hosted = sharedHost(["probe", "caller"]);

const settle = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

test("a scheduled call runs once, when its time has come", async () => {
  const callee = hosted().worker("callee-1");
  await callee.call("add", 0n);
  const before = Date.now();
  await hosted().worker("caller-1", "caller").call("bump-later", "callee-1", 5n, 300);
  await expect.poll(() => callee.call("add", 0n), { interval: 20 }).toBe(5n);
  expect(Date.now() - before).toBeGreaterThanOrEqual(300);
});

test("a scheduled call brings its worker to life", async () => {
  await hosted().worker("caller-2", "caller").call("bump-later", "newborn", 5n, 0);
  await expect
    .poll(() =>
      hosted()
        .worker("newborn")
        .metadata()
        .then(
          ({ status }) => status,
          () => "none",
        ),
    )
    .toBe("Idle");
  expect(await hosted().worker("newborn").call("add", 0n)).toBe(5n);
});

test("a scheduled call that was due while the host was down runs once it is back", async () => {
  await hosted().worker("caller-3", "caller").call("bump-later", "callee-3", 5n, 50);
  await hosted().stop();
  await settle(50);
  await hosted().start();
  await expect.poll(() => hosted().worker("callee-3").call("add", 0n)).toBe(5n);
  await hosted().restart();
  expect(await hosted().worker("callee-3").call("add", 0n)).toBe(5n);
});

test("a call that is scheduled is not scheduled again by the replay of its caller", async () => {
  const caller = hosted().worker("caller-4", "caller");
  await caller.call("bump-later", "callee-4", 5n, 0);
  await expect.poll(() => hosted().worker("callee-4").call("add", 0n)).toBe(5n);
  await caller.crash();
  await caller.call("bump-later", "callee-4", 1n, 0);
  await expect.poll(() => hosted().worker("callee-4").call("add", 0n)).toBe(6n);
});

test("a cancelled call does not run", async () => {
  const caller = hosted().worker("caller-5", "caller");
  await caller.call("bump-never", "callee-5", 5n, 60_000);
  await caller.call("bump-later", "callee-5", 1n, 60_000);
  await hosted().host.simulation.clock.advance(60_000);
  expect(await hosted().worker("callee-5").call("add", 0n)).toBe(1n);
});

test("calls that are scheduled by workers which were given the same key all run", async () => {
  for (const name of ["6", "7"]) {
    const caller = hosted().worker(`caller-${name}`, "caller");
    await caller.callWithKey("k", "bump-later", `callee-${name}`, 5n, 60_000);
  }
  await hosted().host.simulation.clock.advance(60_000);
  for (const name of ["6", "7"]) expect(await hosted().worker(`callee-${name}`).call("add", 0n)).toBe(5n);
});
