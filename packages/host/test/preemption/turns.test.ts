import { expect, test } from "vitest";

import { Turns } from "../../src/engine/preemption/turns.ts";

test("turns go around those who have computed little, nothing yet and much, each in order", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const queue = (["much", "much", "much", "nothing", "little", "nothing", "little"] as const).map(
    async (computed, at) => {
      await turns.next(computed);
      order.push(`${computed} ${at}`);
    },
  );

  await Promise.all(queue);

  expect(order).toEqual(["little 4", "nothing 3", "much 0", "little 6", "nothing 5", "much 1", "much 2"]);
});

test("who has computed little waits for one other turn, of many that have computed much", async () => {
  const turns = new Turns();
  const order: string[] = [];
  const goOn = async (computed: "little" | "much", slices: number): Promise<void> => {
    for (let slice = 0; slice < slices; slice += 1) {
      await turns.next(computed);
      order.push(computed);
    }
  };

  await Promise.all([...Array.from({ length: 20 }, () => goOn("much", 1)), goOn("little", 3)]);

  expect(order.slice(0, 5)).toEqual(["little", "much", "little", "much", "little"]);
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
