import { setImmediate } from "node:timers/promises";

import { expect, test, vi } from "vitest";

import { Asking } from "../../src/engine/preemption/asking.ts";
import { Turns } from "../../src/engine/preemption/turns.ts";

const asking = (): Asking => new Asking(new Turns());

const NONE: readonly never[] = [];

/** Asks for all of it again and again, and pauses whenever that is due: returns how often it was. */
async function pausesOf(guest: Asking, asked: readonly string[], rounds: number): Promise<number> {
  let pauses = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const each of asked) {
      guest.notYet(each, NONE);
      if (!guest.isDue) continue;
      pauses += 1;
      await guest.pause();
    }
  }
  return pauses;
}

test("who asked in vain pauses, and others have their turn meanwhile", async () => {
  const guest = asking();
  guest.notYet("a", NONE);
  expect(guest.isDue).toBe(true);
  let other = "waits";
  void setImmediate().then(() => {
    other = "had its turn";
  });
  await guest.pause();
  expect(other).toBe("had its turn");
  expect(guest.isDue).toBe(false);
});

test("who asks for many things in turn pauses once a round", async () => {
  const things = Array.from({ length: 100 }, (_, at) => `thing ${at}`);
  expect(await pausesOf(asking(), things, 3)).toBe(3);
});

test("who asks for something new each time pauses now and then", async () => {
  const things = Array.from({ length: 1_000 }, (_, at) => `thing ${at}`);
  expect(await pausesOf(asking(), things, 1)).toBe(4);
});

test("what can be had again and again is no progress, unless it was not there before", () => {
  const guest = asking();
  guest.notYet("a", NONE);
  guest.there("b");
  expect(guest.isDue).toBe(true);
  guest.there("a");
  expect(guest.isDue).toBe(false);
});

test("what is had once is progress", () => {
  const guest = asking();
  guest.notYet("a", NONE);
  guest.there();
  expect(guest.isDue).toBe(false);
});

test("a change that does not come is listened to once, however often it is waited for", async () => {
  const guest = asking();
  const change = new Promise<void>(() => undefined);
  const listened = vi.spyOn(change, "then");
  for (let asked = 0; asked < 5; asked += 1) {
    guest.notYet("a", [() => change]);
    await guest.pause();
  }
  expect(listened).toHaveBeenCalledTimes(1);
});
