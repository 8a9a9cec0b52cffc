import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, type HostedWorker, story } from "../hosted.ts";
import { deploy } from "./versions.ts";

/** `bump` keeps its total elsewhere, `add` returns something else, and `sleep` takes longer. */
function other(program: string): string {
  return program
    .replace(
      "bump(by) {\n    total += by;",
      'bump(by) {\n    put("bumped", String(by));\n    total += by * 2n;',
    )
    .replace("total += by;\n    return total;", "total += by;\n    return total + 100n;");
}

let hosted: Hosted;
beforeAll(async () => {
  await Promise.all([fixtureComponent("probe", other), fixtureComponent("caller")]);
  hosted = await Hosted.open(["probe", "caller"], { shards: 2, suspendAfter: 60_000 });
}, 120_000);
afterAll(() => hosted[Symbol.asyncDispose]());

/** Goes back to the program that the fixture is. */
const back = () => deploy(hosted, "probe", (program) => program);
const named = (name: string) => hosted.worker(name);

/** Moves a worker to code that does something else. @returns the version, and where the two differ */
async function diverging(worker: HostedWorker) {
  const version = await deploy(hosted, "probe", other);
  const outcome = await hosted.host.workers.move(worker.id, version);
  if (outcome.status !== "stays" || !("index" in outcome.reason)) throw new Error(JSON.stringify(outcome));
  return { version, ...outcome.reason };
}

describe("where a replay differs, a fork of the last entry that fits goes on with the new code", () => {
  async function fork(source: HostedWorker, target: HostedWorker): Promise<void> {
    const { version, lastFitting } = await diverging(source);
    await hosted.host.workers.fork(source.id, target.id, lastFitting, { version });
    expect(await hosted.host.workers.move(target.id, version)).toMatchObject({ status: "moved", version });
  }

  test("in the middle of an invocation, whose rest it does anew", async () => {
    await back();
    const [source, target] = [named("in-the-middle"), named("in-the-middle-2")];
    await source.call("double", { sku: "tea", amount: 1 });
    await source.callWithKey("k", "bump", 10n);
    await source.call("put", "later", "is not in the fork");
    await fork(source, target);
    expect(await target.callWithKey("k", "bump", 10n)).toBeUndefined();
    expect(await target.call("get", "bumped")).toBe("10");
    expect(await target.call("add", 0n)).toBe(120n);
    expect(story(await target.oplog()).filter((entry) => entry.includes("{put}"))).toEqual([]);
    expect(await source.call("add", 0n)).toBe(10n);
  });

  test("at the end of one, which gets another result", async () => {
    await back();
    const [source, target] = [named("at-the-end"), named("at-the-end-2")];
    await source.callWithKey("k", "add", 10n);
    await fork(source, target);
    expect(await target.callWithKey("k", "add", 10n)).toBe(110n);
    expect(await source.callWithKey("k", "add", 10n)).toBe(10n);
    await hosted.restart();
    expect(await target.call("add", 1n)).toBe(111n);
  });

  test("and never runs the versions that its source had before", async () => {
    await back();
    const [source, target] = [named("moved-before"), named("moved-before-2")];
    await source.call("bump", 1n);
    await hosted.host.workers.move(source.id, await deploy(hosted, "probe", (program) => `${program}\n`));
    await source.call("bump", 2n);
    await fork(source, target);
    expect(await target.call("get", "bumped")).toBe("1");
    expect(await target.call("add", 0n)).toBe(102n);
  });
});

describe("a worker that is started anew", () => {
  test("has its name, arguments and environment, the latest version, and no past", async () => {
    await back();
    const worker = named("anew");
    const { componentId, workerName: name } = worker.id;
    await hosted.host.workers.create(componentId, { name, args: ["a"], env: { OWN: "1" } });
    await worker.call("add", 10n);
    const { version } = await diverging(worker);
    expect(await hosted.host.workers.startAnew(worker.id)).toEqual({ componentVersion: version });
    expect(await worker.metadata()).toMatchObject({
      componentVersion: version,
      args: ["a"],
      env: { OWN: "1", MOOD: "new" },
      status: "Idle",
      updates: [],
    });
    expect(story(await worker.oplog())).toEqual(["Create"]);
    expect(await worker.call("add", 1n)).toBe(101n);
    await hosted.restart();
    expect(await worker.call("add", 1n)).toBe(102n);
  });

  test("tells who waits for what it did, and has no promises", async () => {
    await back();
    const worker = named("waited-for");
    const index = Number(await worker.call("create-promise"));
    const waiting = failure(worker.call("await-promise", BigInt(index)));
    await expect.poll(() => worker.status()).toBe("Suspended");
    const queued = failure(worker.call("add", 1n));
    await hosted.host.workers.startAnew(worker.id);
    expect(await waiting).toMatch(/Interrupted via the Golem API/);
    expect(await queued).toMatch(/Interrupted via the Golem API/);
    const completion = hosted.host.workers.completePromise(worker.id, index, new Uint8Array());
    expect(await failure(completion)).toMatch(/^PromiseNotFound: /);
  });

  test("tells a worker whose call it had not answered, and runs what is scheduled for it", async () => {
    await back();
    const [caller, callee] = [hosted.worker("its-caller", "caller"), named("its-callee")];
    await caller.call("bump-later", callee.id.workerName, 7n, 100_000);
    const result = failure(caller.call("sleep", callee.id.workerName, 30_000));
    await expect
      .poll(async () => story(await callee.oplog()), { interval: 10 })
      .toContain("ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    await hosted.host.workers.startAnew(callee.id);
    expect(await result).toMatch(/api\.\{sleep\} failed with: .*Interrupted via the Golem API/);
    await hosted.host.simulation.clock.advance(110_000);
    expect(await callee.call("add", 0n)).toBe(7n);
  });

  test("must have been there", async () => {
    expect(await failure(hosted.host.workers.startAnew(named("nobody").id))).toMatch(/^WorkerNotFound: /);
  });
});
