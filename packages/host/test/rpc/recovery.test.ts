import { describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, type HostedWorker, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

const RESULT = "ImportedFunctionInvoked golem::rpc::wasm-rpc::invoke-and-await result";

async function runs(worker: HostedWorker): Promise<number> {
  return story(await worker.oplog()).filter((each) => each.startsWith("ExportedFunctionInvoked")).length;
}

/** Short enough to stay in memory, and over when the clock is moved. */
const SLEEP = 9_000;

/** A caller that waits for a callee that sleeps. */
async function calling(
  hosted: Hosted,
  name: string,
): Promise<{ caller: HostedWorker; callee: HostedWorker }> {
  const [caller, callee] = [hosted.worker(`caller-${name}`, "caller"), hosted.worker(name)];
  await callee.call("add", 1n);
  await caller.triggerWithKey("k", "sleep", name, SLEEP);
  await expect.poll(() => callee.status(), { interval: 10 }).toBe("Running");
  return { caller, callee };
}

/** The result of the caller, once the callee has slept. */
async function over(hosted: Hosted, caller: HostedWorker, name: string): Promise<unknown> {
  const result = caller.callWithKey("k", "sleep", name, SLEEP);
  await hosted.host.simulation.clock.advance(SLEEP);
  return result;
}

describe.each([1, 4])("a call between workers (%d shards)", (shards) => {
  const hosted = sharedHost(["probe", "caller"], { shards });

  test("survives a crash of the caller, and runs once", async () => {
    const { caller, callee } = await calling(hosted(), "callee-1");
    await caller.crash();
    expect(Number(await over(hosted(), caller, "callee-1"))).toBeGreaterThanOrEqual(SLEEP);
    expect(await runs(callee)).toBe(2);
    expect(story(await caller.oplog()).filter((each) => each === RESULT)).toHaveLength(1);
  });

  test("survives a crash of the callee, and runs once", async () => {
    const { caller, callee } = await calling(hosted(), "callee-2");
    await callee.crash();
    expect(Number(await over(hosted(), caller, "callee-2"))).toBeGreaterThanOrEqual(SLEEP);
    expect(await runs(callee)).toBe(2);
  });

  test("survives a restart of the host, and runs once", async () => {
    const { caller, callee } = await calling(hosted(), "callee-3");
    await hosted().restart();
    expect(Number(await over(hosted(), caller, "callee-3"))).toBeGreaterThanOrEqual(SLEEP);
    expect(await runs(callee)).toBe(2);
  });

  test("whose future is awaited later is not lost when the host restarts in between", async () => {
    const caller = hosted().worker("caller-4", "caller");
    await caller.call("begin-add", "callee-4", 2n);
    await hosted().restart();
    expect(await caller.call("end-add")).toBe(2n);
    expect(await hosted().worker("callee-4").call("add", 0n)).toBe(2n);
  });

  test("that is over does not happen again when the caller is replayed, even if the callee is gone", async () => {
    const caller = hosted().worker("caller-5", "caller");
    await caller.call("add-everywhere", ["callee-5"], 2n);
    await caller.call("add", "callee-5", 2n);
    await caller.call("bump", "callee-5", 2n);
    await caller.call("tally", "callee-5", 1, 1);
    await hosted().host.workers.delete(hosted().worker("callee-5").id);
    await caller.crash();
    await caller.call("relay", []);
    expect(await failure(hosted().worker("callee-5").metadata())).toMatch(/^WorkerNotFound: /);
  });
});

test("a caller is not disturbed by a new version of its callee", async () => {
  await using hosted = await Hosted.open(["probe", "caller"]);
  const caller = hosted.worker("caller", "caller");
  await caller.call("add", "callee", 2n);
  await hosted.host.components.update(hosted.componentId("probe"), await fixtureComponent("probe"));
  expect(await caller.call("add", "callee", 2n)).toBe(4n);
  expect((await hosted.worker("callee").metadata()).componentVersion).toBe(0);
});
