import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

import { buildLab } from "../../sdk/test/lab.ts";
import { extendExpect, openWorkspace, type TestWorker, type Workspace } from "../src/index.ts";

extendExpect();

let workspace: Workspace;
beforeAll(async () => {
  await buildLab();
  workspace = await openWorkspace({ rootDir: join(import.meta.dirname, "../../sdk/test/lab") });
}, 240_000);
afterAll(() => workspace[Symbol.asyncDispose]());

/** Makes a promise. @returns its id */
async function make(worker: TestWorker): Promise<string> {
  return (await worker.invoke("sdk:lab-exports/promises.{make}")) as string;
}

/** What a scenario of the lab returns. */
async function observe(worker: TestWorker, scenario: string, promise: string): Promise<unknown> {
  return JSON.parse(String(await worker.invoke("sdk:lab-exports/waits.{observe}", scenario, [promise])));
}

const HOUR = 3_600_000;

/** A promise of a worker, and what comes of a scenario that has gone on for an hour, of the same worker or of `waiting`. */
async function anHourLater(scenario: string, waiting?: TestWorker) {
  const asking = workspace.worker("sdk:lab");
  const promise = await make(asking);
  const answer = observe(waiting ?? asking, scenario, promise);
  await workspace.host.clock.advance("1 h");
  return { asking, promise, answer };
}

test.each(["20 s", "1 h"] as const)(
  "a worker is told of its promise when it has waited for %s",
  async (waited) => {
    const { host, worker } = workspace;
    const asking = worker("sdk:lab");
    const promise = await make(asking);
    const answer = observe(asking, "decision", promise);
    await host.clock.advance(waited);
    const { ahead } = host.simulation.clock;

    const index = Number(promise.split("/").at(-1));
    await host.workers.completePromise(asking.id, index, new TextEncoder().encode('"yes"'));
    await host.simulation.settled();

    expect((await asking.oplog()).at(-1)?.entry.type).toBe("ExportedFunctionCompleted");
    expect(host.simulation.clock.ahead).toBe(ahead);
    expect(await answer).toBe("yes");
    await expect(asking).toReplay();
  },
);

test("a look adds three entries to the oplog", async () => {
  const { asking, promise, answer } = await anHourLater("decision");
  const entries = (await asking.oplog()).map(({ entry }) =>
    "functionName" in entry ? String(entry["functionName"]) : entry.type,
  );
  const recorded = entries.filter((entry) => entry !== "Suspend");
  const looks = recorded.flatMap((entry, at) => (entry === "golem::api::poll_promise" ? [at] : []));

  expect(looks.length).toBeGreaterThan(20);
  for (const [number, at] of looks.slice(1, -1).entries()) expect(looks[number + 2]).toBe(at + 3);
  await asking.completePromise(promise, "yes");
  await answer;
});

test("a worker that waits for a promise sees at once that it is completed, however long it has waited", async () => {
  const { host } = workspace;
  const { asking, promise, answer } = await anHourLater("decision");
  const before = host.clock.now().getTime();

  await asking.completePromise(promise, "yes");

  expect(await answer).toBe("yes");
  expect(host.clock.now().getTime() - before).toBeLessThan(HOUR / 4 + 10_000);
  await expect(asking).toReplay();
});

test("a worker that waits for another one's promise sees it, too", async () => {
  const { asking, promise, answer } = await anHourLater("decision", workspace.worker("sdk:lab"));

  await asking.completePromise(promise, "yes");

  expect(await answer).toBe("yes");
});

test("a worker does on time what comes before its next look", async () => {
  const { host } = workspace;
  const { asking, promise, answer } = await anHourLater("decisionBesides");
  const waited = host.clock.now().getTime();

  await asking.completePromise(promise, "yes");
  const passed = host.clock.now().getTime() - waited;
  await host.clock.advance("5 min");

  const [decision, ticks] = (await answer) as [string, number];
  expect(decision).toBe("yes");
  expect(passed).toBeLessThan(HOUR / 4 + 10_000);
  expect(ticks).toBeGreaterThanOrEqual(Math.floor((HOUR + passed) / 300_000));
});

test("a worker that waits sees what the host was told of a promise, too", async () => {
  const { host } = workspace;
  const { asking, promise, answer } = await anHourLater("decision");

  const index = Number(promise.split("/").at(-1));
  await host.workers.completePromise(asking.id, index, new TextEncoder().encode('"yes"'));

  expect(await answer).toBe("yes");
});

test("a worker that slept while the host was restarted sees it", async () => {
  const { worker, host } = workspace;
  const asking = worker("sdk:lab");
  const promise = await make(asking);
  const call = (): Promise<unknown> => observe(asking.withKey("once"), "decision", promise);
  const lost = call().catch(() => "lost");
  await host.clock.advance("1 h");
  await host.restart();
  expect(await lost).toBe("lost");

  await asking.completePromise(promise, "yes");

  expect(await call()).toBe("yes");
});

test("no time passes for a worker that does not wait for the promise", async () => {
  const { host } = workspace;
  const { asking, promise, answer } = await anHourLater("lookAndSleep");
  const { ahead } = host.simulation.clock;

  await asking.completePromise(promise, "yes");

  expect(host.simulation.clock.ahead).toBe(ahead);
  await host.clock.advance("2 days");
  expect(await answer).toEqual(["nothing", "yes"]);
});
