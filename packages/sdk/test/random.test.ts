import { afterAll, beforeAll, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 180_000);
afterAll(() => lab[Symbol.asyncDispose]());

test("numbers differ from worker to worker, and are the same after a crash", async () => {
  const [ann, bob] = [await lab.run("ann", "randomness"), await lab.run("bob", "randomness")];
  expect(ann).not.toEqual(bob);
  await lab.host.workers.interrupt(
    { componentId: lab.componentId, workerName: "ann" },
    { recoverImmediately: true },
  );
  expect(await lab.run("ann", "drawn before")).toEqual(ann);
});

test("a UUID is of version 4, an integer within its range", async () => {
  const [, uuid, integer] = (await lab.run("uuid", "randomness")) as unknown[];
  expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  expect([-3, -2, -1, 0, 1, 2, 3]).toContain(integer);
});

test("all integers of a range come up, and no others", async () => {
  expect(new Set((await lab.run("range", "random integers")) as number[])).toEqual(new Set([0, 1, 2]));
});

test("only the view is filled, not the buffer around it", async () => {
  const zeroes = [0, 0, 0, 0];
  expect(await lab.run("view", "random view")).toEqual({ part: 8, before: zeroes, after: zeroes });
});

test("more bytes than the platform gives at once are all drawn", async () => {
  expect(await lab.run("many", "many random bytes")).toEqual({ length: 2_500_000, lastIsDrawn: true });
});

test("ranges and lengths that are none are refused", async () => {
  const codes = ["invalid-range", "invalid-range", "invalid-length", "invalid-length"];
  expect(await lab.run("refused", "random refusals")).toEqual(codes);
});
