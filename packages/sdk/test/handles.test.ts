import { afterAll, beforeAll, expect, test } from "vitest";

import { LabWorkers } from "./lab-workers.ts";
import { type Lab, openLab } from "./lab.ts";
import { Origin } from "./origin.ts";

let lab: Lab;
let origin: Origin;
beforeAll(async () => {
  [lab, origin] = await Promise.all([openLab(), Origin.open()]);
}, 180_000);
afterAll(() => Promise.all([lab[Symbol.asyncDispose](), origin[Symbol.asyncDispose]()]));

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
  "copied to itself",
  "no positions",
  "times",
  "streams",
  "cancelled streams",
  "file errors",
  "bucket",
  "codecs",
  "container",
  "containers",
  "failed stores",
  "text for bytes",
  "randomness",
  "missing variable",
  "logs",
  "output",
])("nothing is held after: %s", async (scenario) => {
  expect(await handlesAfter(scenario)).toEqual({});
});

/** A scenario of `src/waits`, with the origin's URL where it takes one. */
test.for([
  ["reading"],
  ["untilThen"],
  ["ticks"],
  ["late"],
  ["givenUp"],
  ["blocking"],
  ["ephemerals"],
  ["remoteFailures"],
  ["disposed"],
  ["typedValues"],
  ["stuck", "url"],
  ["malformed", "url"],
  ["request", "url"],
  ["response", "url"],
  ["trailers", "url"],
  ["redirections", "url"],
  ["large", "url", "100000"],
  ["charge", "url"],
  ["talk"],
  ["closing"],
  ["unsuited"],
  ["afterwards"],
  ["datagrams"],
  ["names"],
])("nothing is held after waiting: %s", async ([scenario = "", ...values]) => {
  const workerName = `waiting-${scenario}`;
  await lab.wait(workerName, scenario, ...values.map((value) => (value === "url" ? origin.url : value)));
  expect(await lab.host.workers.handles({ componentId: lab.componentId, workerName })).toEqual({});
});

/** A function of the lab, which has buckets of its own at the top of modules. */
test.for<readonly [interfaceName: string, name: string, ...values: readonly unknown[]]>([
  ["api", "echoes"],
  ["api", "refusals"],
  ["api", "rendezvous"],
  ["api", "schedule", "nobody"],
  ["durability", "scopes"],
  ["durability", "misuses"],
  ["durability", "steps"],
  ["durability", "caught-steps"],
  ["fleet", "list-workers", "none-"],
  ["fleet", "know", "nobody"],
  ["fleet", "survey", "calling-api"],
  ["fleet", "misused-fleet"],
  ["promises", "lifecycle"],
  ["promises", "bare"],
  ["promises", "misused-promises"],
  ["records", "read", 1n],
  ["records", "search", "log"],
  ["records", "misused-records"],
  ["sagas", "book", "car", "hotel"],
  ["sagas", "book-together"],
  ["sagas", "give-up"],
  ["traces", "spans"],
])("nothing is held after calling: %s %s", async ([interfaceName, name, ...values]) => {
  const workers = new LabWorkers(lab, interfaceName);
  const worker = `calling-${interfaceName}-${name}`;
  await workers.call(worker, name, ...values);
  expect(await workers.handles(worker)).toEqual([]);
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
