import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { fixtureComponent, type FixtureName } from "../fixtures/fixture-component.ts";
import { failure, Hosted, type HostedWorker, story } from "../hosted.ts";
import { deploy, updated, updatesOf } from "./versions.ts";

/** Counts from a hundred: what was kept cannot be replayed. */
function second(program: string): string {
  return program
    .replace('VERSION = "one"', 'VERSION = "two"')
    .replace("return BigInt(numbers.length);", "return BigInt(numbers.length + 100);");
}

function third(program: string): string {
  return second(program).replace("numbers.length + 100", "numbers.length + 200");
}

/** The second once more, in other words. */
function rephrased(program: string): string {
  return second(program).replace("...drawn]", "...drawn].slice(0)");
}

const VERSIONS = [second, third, rephrased];

describe("an update by snapshot", () => {
  let hosted: Hosted;
  // Building a version takes seconds when it is new.
  beforeAll(() => Promise.all(VERSIONS.map((edit) => fixtureComponent("keeper", edit))), 120_000);
  beforeEach(async () => {
    const opened = await Hosted.open(["keeper"], { suspendAfter: 60_000 });
    hosted = opened;
    return () => opened[Symbol.asyncDispose]();
  });

  const keeper = (): HostedWorker => hosted.worker("worker", "keeper");

  const update = (version: number, { id } = keeper()) => hosted.host.workers.update(id, "Manual", version);

  const next = (edit = second, name: FixtureName = "keeper") => deploy(hosted, name, edit);

  const all = async (worker: HostedWorker) => [...((await worker.call("all")) as Iterable<bigint>)];

  /** A worker that has kept some numbers and was updated. */
  async function updatedKeeper(...numbers: readonly bigint[]): Promise<HostedWorker> {
    const worker = keeper();
    for (const number of numbers) await worker.call("keep", number);
    await update(await next());
    await updated(worker);
    return worker;
  }

  test("gives the new version what the old one saved", async () => {
    const worker = await updatedKeeper(1n, 2n);
    expect(await updatesOf(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.metadata()).toMatchObject({ componentVersion: 1, pendingInvocationCount: 0 });
    expect(await worker.call("keep", 3n)).toBe(103n);
    expect(await all(worker)).toEqual([1n, 2n, 3n, expect.any(BigInt)]);
  });

  test("is not replayed past, and what was done in loading is not done again", async () => {
    const worker = await updatedKeeper(1n);
    await worker.call("keep", 2n);
    const seen = await all(worker);
    await hosted.restart();
    expect(await all(worker)).toEqual(seen);
    await worker.crash();
    expect(await all(worker)).toEqual(seen);
    expect(await worker.call("keep", 3n)).toBe(103n);
  });

  test("records nothing of what is done in saving", async () => {
    const worker = await updatedKeeper(1n);
    const entries = story(await worker.oplog());
    const pending = entries.indexOf("PendingUpdate");
    expect(entries.slice(entries.lastIndexOf("PendingWorkerInvocation") + 1, pending)).toEqual([]);
  });

  test("can follow another one", async () => {
    const worker = await updatedKeeper(1n);
    await worker.call("keep", 2n);
    await update(await next(third));
    expect(await updated(worker)).toEqual(["successfulUpdate 1", "successfulUpdate 2"]);
    expect(await worker.call("keep", 3n)).toBe(203n);
    await hosted.restart();
    expect(await worker.call("keep", 4n)).toBe(204n);
  });

  test("can be followed by one that replays what came later", async () => {
    const worker = await updatedKeeper(1n);
    await worker.call("all");
    const version = await next(rephrased);
    await hosted.host.workers.update(worker.id, "Automatic", version);
    expect(await worker.call("keep", 2n)).toBe(102n);
    expect((await worker.metadata()).componentVersion).toBe(2);
  });

  test("fails if the old version does not save, which then goes on", async () => {
    const worker = await updatedKeeper(1n, 13n);
    expect(await updatesOf(worker)).toEqual([
      expect.stringMatching(/^failedUpdate 1 failed to get a snapshot for manual update: /),
    ]);
    expect(await worker.call("keep", 3n)).toBe(3n);
    expect(await worker.metadata()).toMatchObject({ componentVersion: 0, status: "Idle" });
  });

  test("fails if the new version refuses what was saved, and the old one goes on", async () => {
    const worker = await updatedKeeper(7n);
    expect(await updatesOf(worker)).toEqual([
      "failedUpdate 1 Manual update failed: load-snapshot failed: cannot load 7",
    ]);
    expect(await worker.call("keep", 2n)).toBe(2n);
    await hosted.restart();
    expect(await all(worker)).toEqual([7n, 2n]);
  });

  test("fails if the new version traps, and the old one goes on", async () => {
    const worker = await updatedKeeper(8n);
    expect(await updatesOf(worker)).toEqual([
      expect.stringMatching(/^failedUpdate 1 Manual update failed: /),
    ]);
    expect(await worker.call("keep", 2n)).toBe(2n);
  });

  test("fails if the component saves nothing", async () => {
    await using probes = await Hosted.open(["probe"]);
    const worker = probes.worker("plain");
    await worker.call("add", 1n);
    await probes.host.workers.update(worker.id, "Manual", 1);
    expect(await updated(worker)).toEqual([
      "failedUpdate 1 failed to get a snapshot for manual update: save-snapshot is not exported",
    ]);
    expect(await worker.call("add", 1n)).toBe(2n);
  });

  test("to a version that is missing fails", async () => {
    const worker = keeper();
    await worker.call("keep", 1n);
    await update(7);
    expect(await updated(worker)).toEqual([
      expect.stringMatching(/^failedUpdate 7 Manual update failed: Component not found/),
    ]);
    expect(await worker.call("keep", 1n)).toBe(2n);
  });

  test("is undone by a revert to what was before it", async () => {
    const worker = await updatedKeeper(1n, 2n);
    await hosted.host.workers.revert(worker.id, { type: "revertLastInvocations", numberOfInvocations: 1 });
    expect(await worker.call("keep", 3n)).toBe(2n);
    expect(await worker.metadata()).toMatchObject({ componentVersion: 0, updates: [] });
  });

  test("of a worker that has none to be done is refused", async () => {
    await keeper().call("keep", 1n);
    expect(await failure(update(0))).toBe("InvalidRequest: Worker is already at the target version");
  });
});
