import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, type HostedWorker, story } from "../hosted.ts";
import { deploy, updatesOf } from "./versions.ts";

/** Adds twice in `bump`, and fails no more. */
function better(program: string): string {
  return program
    .replace("bump(by) {\n    total += by;", "bump(by) {\n    total += by * 2n;")
    .replace("throw new Error(message);", "total += 5n;");
}

/** `add` returns something else. */
function worse(program: string): string {
  return program.replace("total += by;\n    return total;", "total += by;\n    return total + 1n;");
}

const MISSING = 7;

const moved = (version: number) => expect.objectContaining({ status: "moved", version }) as unknown;
const later = (because: RegExp) =>
  expect.objectContaining({ status: "later", because: expect.stringMatching(because) as unknown }) as unknown;

describe("a move", () => {
  let hosted: Hosted;
  beforeAll(() => Promise.all([better, worse].map((edit) => fixtureComponent("probe", edit))), 120_000);
  beforeEach(async () => {
    const opened = await Hosted.open(["probe"], { suspendAfter: 60_000 });
    hosted = opened;
    return () => opened[Symbol.asyncDispose]();
  });

  const move = ({ id }: HostedWorker, version: number) => hosted.host.workers.move(id, version);

  const says = (worker: HostedWorker, entry: string) =>
    expect.poll(async () => story(await worker.oplog()), { interval: 10, timeout: 10_000 }).toContain(entry);

  test("of an idle worker tells how much was replayed, and makes what was part of the new code's past", async () => {
    const worker = hosted.worker("idle");
    await worker.call("bump", 10n);
    const before = (await worker.oplog()).length;
    const outcome = await move(worker, await deploy(hosted, "probe", better));
    expect(outcome).toEqual({
      status: "moved",
      version: 1,
      replayed: before + 1,
      ms: expect.any(Number) as unknown,
    });
    expect(await worker.call("add", 1n)).toBe(21n);
    expect(await updatesOf(worker)).toEqual(["successfulUpdate 1"]);
  });

  test("to the version that a worker has is done", async () => {
    const worker = hosted.worker("there");
    await worker.call("add", 1n);
    expect(await move(worker, 0)).toEqual({ status: "moved", version: 0, replayed: 0, ms: 0 });
    expect(await updatesOf(worker)).toEqual([]);
  });

  test("that diverges leaves the worker on its old version, and the next one is tried", async () => {
    const worker = hosted.worker("diverges");
    await worker.call("add", 10n);
    expect(await move(worker, await deploy(hosted, "probe", worse))).toMatchObject({
      status: "stays",
      version: 0,
    });
    expect(await worker.call("add", 1n)).toBe(11n);
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(moved(2));
    expect(await worker.call("add", 1n)).toBe(12n);
  });

  test("to a version that is missing changes nothing", async () => {
    const worker = hosted.worker("missing");
    await worker.call("add", 1n);
    expect(await move(worker, MISSING)).toMatchObject({
      status: "stays",
      version: 0,
      reason: { message: expect.stringContaining("Component not found") as unknown },
    });
    expect(await worker.call("add", 1n)).toBe(2n);
  });

  test("is not begun by a deploy that fails", async () => {
    const worker = hosted.worker("broken");
    await worker.call("add", 1n);
    const { componentId } = worker.id;
    const upload = { wasm: new TextEncoder().encode("no component") };
    expect(await failure(hosted.host.components.update(componentId, upload))).toMatch(
      /^ComponentParseFailed: /,
    );
    expect(hosted.host.components.versions(componentId)).toHaveLength(1);
    expect(await worker.call("add", 1n)).toBe(2n);
    expect(await updatesOf(worker)).toEqual([]);
  });

  test("of a worker that sleeps lets it sleep until its time, and no longer", async () => {
    const worker = hosted.worker("sleeps");
    await worker.call("bump", 10n);
    const sleeping = worker.call("sleep", 50_000);
    await says(worker, "ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(moved(1));
    expect(await worker.status()).toBe("Running");
    await hosted.host.simulation.clock.advance(50_000);
    expect(await sleeping).toBeLessThan(60_000n);
    expect(await worker.call("add", 1n)).toBe(21n);
  });

  test("of a worker that computes begins its invocation anew on the new code", async () => {
    const worker = hosted.worker("computes");
    await worker.call("bump", 10n);
    const computing = worker.callWithKey("k", "busy", 20_000);
    await says(worker, "ImportedFunctionInvoked monotonic_clock::now");
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(moved(1));
    expect(await computing).toBe(await worker.callWithKey("k", "busy", 20_000));
    expect(await worker.call("add", 0n)).toBe(20n);
  });

  test("runs on the new code what waits for its turn", async () => {
    const worker = hosted.worker("queued");
    const sleeping = worker.call("sleep", 50_000);
    await says(worker, "ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    await Promise.all([worker.trigger("bump", 1n), worker.trigger("bump", 2n)]);
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(moved(1));
    await hosted.host.simulation.clock.advance(50_000);
    await sleeping;
    expect(await worker.call("add", 0n)).toBe(6n);
  });

  test("of a worker that waits for a promise is made when that is completed", async () => {
    const worker = hosted.worker("waits");
    await worker.call("bump", 10n);
    const index = (await worker.call("create-promise")) as bigint;
    const awaited = worker.call("await-promise", index);
    await expect.poll(() => worker.status()).toBe("Suspended");
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(later(/Suspended/));
    expect(await worker.status()).toBe("Suspended");
    await hosted.host.workers.completePromise(worker.id, Number(index), new TextEncoder().encode("now"));
    expect(await awaited).toBe("now");
    expect(await worker.call("add", 1n)).toBe(21n);
  });

  test("of a worker that sleeps out of memory is made when it wakes, also in another process", async () => {
    const worker = hosted.worker("long");
    await worker.call("bump", 10n);
    await worker.trigger("sleep", 90_000);
    await expect.poll(() => worker.status()).toBe("Suspended");
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(later(/Suspended/));
    await hosted.restart();
    expect(await worker.status()).toBe("Suspended");
    expect(await updatesOf(worker)).toEqual(["pendingUpdate 1"]);
    await hosted.host.simulation.clock.advance(90_000);
    expect(await updatesOf(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.call("add", 1n)).toBe(21n);
  });

  test("of a worker without instance is made when it is called", async () => {
    const worker = hosted.worker("evicted");
    await worker.call("bump", 10n);
    await hosted.restart();
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(later(/Idle/));
    await hosted.restart();
    expect(await updatesOf(worker)).toEqual(["pendingUpdate 1"]);
    expect(await worker.call("add", 1n)).toBe(21n);
    expect(await updatesOf(worker)).toEqual(["successfulUpdate 1"]);
  });

  test("takes the place of all earlier ones that were not made", async () => {
    const worker = hosted.worker("saves");
    await worker.call("bump", 10n);
    await hosted.restart();
    const { length } = await worker.oplog();
    for (const edit of [worse, better, worse, better])
      expect(await move(worker, await deploy(hosted, "probe", edit))).toEqual(later(/Idle/));
    expect(await updatesOf(worker)).toEqual(["pendingUpdate 4"]);
    expect(story(await worker.oplog()).slice(length)).toEqual(Array(4).fill("PendingUpdate"));
    expect(await worker.call("add", 1n)).toBe(21n);
    expect(await updatesOf(worker)).toEqual(["successfulUpdate 4"]);
  });

  test("back to the version that a worker has takes the place of one that was not made, too", async () => {
    const worker = hosted.worker("undone");
    await worker.call("bump", 10n);
    await hosted.restart();
    await move(worker, await deploy(hosted, "probe", better));
    await move(worker, 0);
    expect(await worker.call("add", 1n)).toBe(11n);
    expect((await worker.metadata()).componentVersion).toBe(0);
  });

  test("of an interrupted worker is made when it is resumed", async () => {
    const worker = hosted.worker("interrupted");
    await worker.call("bump", 10n);
    await worker.trigger("sleep", 50_000);
    await says(worker, "ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    await worker.interrupt();
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(later(/Interrupted/));
    expect(await worker.status()).toBe("Interrupted");
    await worker.resume();
    await says(worker, "SuccessfulUpdate");
    await hosted.host.simulation.clock.advance(50_000);
    expect(await worker.call("add", 1n)).toBe(21n);
  });

  test("of a failed worker tries again what failed", async () => {
    const worker = hosted.worker("failed");
    await worker.call("retry-fast", 1);
    await worker.call("bump", 10n);
    await failure(worker.callWithKey("k", "fail", "on the old code"));
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(moved(1));
    expect(await worker.callWithKey("k", "fail", "on the old code")).toBeUndefined();
    expect(await worker.call("add", 0n)).toBe(25n);
  });

  test("that diverges leaves a failed worker as it failed, and does not try again", async () => {
    const worker = hosted.worker("still-failed");
    await worker.call("retry-fast", 1);
    await worker.call("add", 10n);
    await failure(worker.call("fail", "on the old code"));
    const errors = async () => story(await worker.oplog()).filter((entry) => entry === "Error").length;
    const before = await errors();
    expect(await move(worker, await deploy(hosted, "probe", worse))).toMatchObject({ status: "stays" });
    expect(await worker.status()).toBe("Failed");
    expect(await failure(worker.call("add", 1n))).toMatch(/^PreviousInvocationFailed: .*on the old code/s);
    expect(await errors()).toBe(before);
    await hosted.restart();
    expect(await worker.status()).toBe("Failed");
  });

  test("of a worker that is to try again does not wait for that", async () => {
    const worker = hosted.worker("retrying");
    await worker.call("retry-later", 3_600_000);
    await worker.trigger("fail", "on the old code");
    await expect.poll(() => worker.status(), { timeout: 10_000 }).toBe("Retrying");
    expect(await move(worker, await deploy(hosted, "probe", better))).toEqual(moved(1));
    expect(await worker.call("add", 0n)).toBe(5n);
  });

  test("of a worker that has exited is none", async () => {
    const worker = hosted.worker("exited");
    await failure(worker.call("leave"));
    expect(await move(worker, await deploy(hosted, "probe", better))).toMatchObject({
      status: "stays",
      reason: { message: expect.stringContaining("exited") as unknown },
    });
    expect(await worker.status()).toBe("Exited");
  });

  test("is made first of the worker that is called", async () => {
    const workers = ["a", "b", "c", "d", "e"].map((name) => hosted.worker(name));
    for (const worker of workers) await worker.call("bump", 10n);
    const version = await deploy(hosted, "probe", better);
    const order: string[] = [];
    const outcomes = workers.map(async (worker) => {
      const { status } = await move(worker, version);
      order.push(worker.id.workerName);
      return status;
    });
    expect(await workers.at(-1)?.call("add", 1n)).toBe(21n);
    expect(await Promise.all(outcomes)).toEqual(Array(5).fill("moved"));
    expect(order.indexOf("e")).toBeLessThan(order.indexOf("c"));
  });

  test("that is under way is not begun anew for those who call", async () => {
    const worker = hosted.worker("called");
    await worker.call("busy", 20_000);
    const version = await deploy(hosted, "probe", better);
    const moving = move(worker, version);
    await worker.metadata();
    const calls: Promise<unknown>[] = [];
    let sent = 0;
    for (let call = 0; call < 5; call += 1) {
      sent = performance.now();
      calls.push(worker.call("add", 0n));
      await worker.metadata();
    }
    const outcome = await moving;
    const sinceLastCall = performance.now() - sent;
    expect(outcome).toMatchObject({ status: "moved" });
    if (outcome.status === "moved") expect(outcome.ms).toBeGreaterThan(sinceLastCall);
    expect(await Promise.all(calls)).toEqual(Array(5).fill(0n));
  });

  test("of a worker that is deleted meanwhile is over", async () => {
    const workers = ["a", "b", "c"].map((name) => hosted.worker(name));
    for (const worker of workers) await worker.call("bump", 10n);
    const version = await deploy(hosted, "probe", better);
    const outcomes = workers.map((worker) => move(worker, version));
    await hosted.host.workers.delete(hosted.worker("c").id);
    expect(await Promise.all(outcomes)).toEqual([moved(1), moved(1), later(/stopped/)]);
  });

  test("whose caller does not wait any more is made", async () => {
    const worker = hosted.worker("aborted");
    await worker.call("bump", 10n);
    const version = await deploy(hosted, "probe", better);
    const given = new AbortController();
    const outcome = failure(hosted.host.workers.move(worker.id, version, { signal: given.signal }));
    given.abort(new Error("enough"));
    expect(await outcome).toBe("Error: enough");
    await says(worker, "SuccessfulUpdate");
  });
});
