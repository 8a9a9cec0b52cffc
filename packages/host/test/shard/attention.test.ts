import { setImmediate as turn } from "node:timers/promises";

import { expect, test } from "vitest";

import { Attention } from "../../src/shard/attention.ts";

async function untilAsleep(attention: Attention): Promise<void> {
  while (attention.awake) await turn();
}

test("a thread that expects a message stays awake until it comes", () => {
  const attention = new Attention();
  attention.expect();
  expect(attention.awake).toBe(true);
  attention.met();
  expect(attention.awake).toBe(false);
});

test("a thread that waited in vain sleeps", async () => {
  const attention = new Attention();
  attention.expect();
  await untilAsleep(attention);
  expect(attention.awake).toBe(false);
});

test("a thread that waits in vain again and again stops trying for a while", async () => {
  const attention = new Attention();
  for (let miss = 0; miss < 3; miss += 1) {
    attention.expect();
    await untilAsleep(attention);
  }
  attention.expect();
  expect(attention.awake).toBe(false);
});
