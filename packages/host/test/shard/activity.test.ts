import { expect, test } from "vitest";

import { Activity } from "../../src/shard/activity.ts";

test("workers that run are told by their names, those that wait are not", async () => {
  const activity = new Activity();
  const names = () => activity.report().names;
  const ada = activity.of("c/ada");
  const [adaRuns, bobRuns, adaWaits] = [1, 2, 3].map(() => Promise.withResolvers<void>());
  expect(names()).toEqual([]);

  const runs = [
    ada.during(() => adaRuns?.promise ?? Promise.resolve()),
    activity.during(() => bobRuns?.promise ?? Promise.resolve(), "c/bob"),
  ];
  expect(names()).toEqual(["c/ada", "c/bob"]);
  const wait = ada.waiting(adaWaits?.promise ?? Promise.resolve(), "inside");
  expect(names()).toEqual(["c/bob"]);
  adaWaits?.resolve();
  await wait;
  expect(names().toSorted()).toEqual(["c/ada", "c/bob"]);
  bobRuns?.resolve();
  adaRuns?.resolve();
  await Promise.all(runs);
  expect(names()).toEqual([]);
});

test("of many only some are told", () => {
  const activity = new Activity();
  for (let at = 0; at < 1_000; at += 1) void activity.during(() => new Promise(() => undefined), `c/${at}`);
  expect(activity.report()).toMatchObject({ running: 1_000, names: { length: 8 } });
});
