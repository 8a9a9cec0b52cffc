import { expect, test } from "vitest";

import { Turns } from "../../src/engine/preemption/turns.ts";

test("who has computed little has every second turn, in order, however many have computed much", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const queue = (["much", "much", "much", "little", "little"] as const).map(async (computed, at) => {
    await turns.next(computed);
    order.push(`${computed} ${at}`);
  });

  await Promise.all(queue);

  expect(order).toEqual(["little 3", "much 0", "little 4", "much 1", "much 2"]);
});

test("between two turns everything else is looked at", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const first = turns.next("much").then(() => order.push("first"));
  const second = turns.next("much").then(() => order.push("second"));
  setImmediate(() => order.push("something else"));

  await Promise.all([first, second]);

  expect(order).toEqual(["first", "something else", "second"]);
});
