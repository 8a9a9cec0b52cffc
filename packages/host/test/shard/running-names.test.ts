import { expect, test } from "vitest";

import { Activity } from "../../src/shard/activity.ts";
import { readNames, RunningNames, sharedNames } from "../../src/shard/running-names.ts";

const ending = () => Promise.withResolvers<void>();

test("those who run are known by their names, those who wait are not", async () => {
  const shared = sharedNames();
  const activity = new Activity(new RunningNames(shared));
  const [ada, bob, wait] = [ending(), ending(), ending()];
  expect(readNames(shared)).toEqual([]);
  const runs = [
    activity.of("c/ada").during(() => ada.promise),
    activity.of("c/bób").during(() => bob.promise),
  ];
  expect(readNames(shared)).toEqual(["c/ada", "c/bób"]);
  const waited = activity.of("c/ada").waiting(wait.promise, "inside");
  expect(readNames(shared)).toEqual(["c/bób"]);
  wait.resolve();
  await waited;
  bob.resolve();
  await runs[1];
  expect(readNames(shared)).toEqual(["c/ada"]);
  ada.resolve();
  await runs[0];
  expect(readNames(shared)).toEqual([]);
});

test("of many some are named", () => {
  const shared = sharedNames();
  const names = new RunningNames(shared);
  for (let number = 0; number < 100; number += 1) names.add(`c/${"long".repeat(300)}-${number}`, 1);

  expect(readNames(shared).length).toBeGreaterThan(1);
  expect(readNames(shared).length).toBeLessThan(100);
});

test("a thread that begins anew has nobody who runs", () => {
  const shared = sharedNames();
  new RunningNames(shared).add("c/lost", 1);
  const anew = new RunningNames(shared);
  expect(readNames(shared)).toEqual([]);

  anew.add("c/next", 1);
  expect(readNames(shared)).toEqual(["c/next"]);
});
