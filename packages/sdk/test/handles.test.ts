import { afterAll, beforeAll, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
}, 180_000);
afterAll(() => lab[Symbol.asyncDispose]());

/** The handles that a worker's instance holds after a scenario. */
async function handlesAfter(scenario: string): Promise<Readonly<Record<string, number>>> {
  const workerName = scenario.replaceAll(" ", "-");
  await lab.run(workerName, scenario);
  return lab.host.workers.handles({ componentId: lab.componentId, workerName });
}

test.for([
  "whole files",
  "handles",
  "appending",
  "directories",
  "links",
  "times",
  "streams",
  "cancelled streams",
  "file errors",
  "bucket",
  "codecs",
  "container",
  "containers",
  "failed stores",
  "randomness",
  "missing variable",
  "logs",
  "output",
])("nothing is held after: %s", async (scenario) => {
  expect(await handlesAfter(scenario)).toEqual({});
});

test("what is held is counted, by kind", async () => {
  expect(await handlesAfter("kept bucket")).toEqual({ "wasi:keyvalue/types#bucket": 1 });
  expect(await handlesAfter("kept bucket")).toEqual({ "wasi:keyvalue/types#bucket": 1 });
});

test("the engine's console holds its streams, once", async () => {
  const held = await handlesAfter("console");
  expect(Object.keys(held)).not.toEqual([]);
  expect(await handlesAfter("console")).toEqual(held);
});
