import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, type HostedWorker, story } from "../hosted.ts";
import { deploy, updated, updatesOf } from "./versions.ts";

/** Adds twice in `bump`, and fails no more. */
function better(program: string): string {
  return program
    .replace("bump(by) {\n    total += by;", "bump(by) {\n    total += by * 2n;")
    .replace("throw new Error(message);", "total += 5n;");
}

/** `add` returns something else, `say` traps. */
function worse(program: string): string {
  return program
    .replace("total += by;\n    return total;", "total += by;\n    return total + 1n;")
    .replace("say(line) {", 'say(line) {\n    throw new Error("worse");');
}

const MISSING = 7;

describe("an update by replay", () => {
  let hosted: Hosted;
  // Building a version takes seconds when it is new.
  beforeAll(() => Promise.all([better, worse].map((edit) => fixtureComponent("probe", edit))), 120_000);
  beforeEach(async () => {
    const opened = await Hosted.open(["probe"], { suspendAfter: 60_000 });
    hosted = opened;
    return () => opened[Symbol.asyncDispose]();
  });

  const update = ({ id }: HostedWorker, version: number) =>
    hosted.host.workers.update(id, "Automatic", version);

  test("makes what was part of the new code's past", async () => {
    const worker = hosted.worker("idle");
    await worker.call("bump", 10n);
    await update(worker, await deploy(hosted, "probe", better));
    expect(await worker.call("add", 1n)).toBe(21n);
    expect(await worker.metadata()).toMatchObject({ componentVersion: 1, status: "Idle" });
    expect(await updatesOf(worker)).toEqual(["successfulUpdate 1"]);
    await hosted.restart();
    expect(await worker.call("add", 1n)).toBe(22n);
  });

  test("shows the new version's environment", async () => {
    const worker = hosted.worker("environment");
    await worker.call("add", 1n);
    await update(worker, await deploy(hosted, "probe", better));
    expect(await worker.call("environment")).toEqual(
      expect.arrayContaining([
        ["MOOD", "new"],
        ["GOLEM_COMPONENT_VERSION", "1"],
      ]),
    );
  });

  test("that replays to another result fails, and the old version goes on", async () => {
    const worker = hosted.worker("diverges");
    await worker.call("add", 10n);
    await update(worker, await deploy(hosted, "probe", worse));
    const [record] = await updated(worker);
    expect(record).toMatch(
      /^failedUpdate 1 Automatic update failed: Replay diverged .* with another result than recorded/,
    );
    expect(await worker.metadata()).toMatchObject({ componentVersion: 0, status: "Idle", lastError: null });
    expect(await worker.call("add", 1n)).toBe(11n);
    await hosted.restart();
    expect(await worker.call("add", 1n)).toBe(12n);
  });

  test("that traps in what is over fails, and the old version goes on", async () => {
    const worker = hosted.worker("traps");
    await worker.call("say", "hello");
    await update(worker, await deploy(hosted, "probe", worse));
    const [record] = await updated(worker);
    expect(record).toMatch(/^failedUpdate 1 Automatic update failed: /);
    expect(await worker.call("add", 1n)).toBe(1n);
  });

  test("of a running worker goes on with its invocation on the new code", async () => {
    const worker = hosted.worker("running");
    await worker.call("bump", 10n);
    const version = await deploy(hosted, "probe", better);
    const sleeping = worker.call("sleep", 8_000);
    await expect
      .poll(async () => story(await worker.oplog()), { interval: 10 })
      .toContain("ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    await update(worker, version);
    expect(await updated(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.status()).toBe("Running");
    await hosted.host.simulation.clock.advance(8_000);
    expect(await sleeping).toBeGreaterThanOrEqual(8_000n);
    expect(await worker.call("add", 1n)).toBe(21n);
  });

  test("of a suspended worker leaves it waiting for the same", async () => {
    const worker = hosted.worker("suspended");
    const index = (await worker.call("create-promise")) as bigint;
    const awaited = worker.call("await-promise", index);
    await expect.poll(() => worker.status()).toBe("Suspended");
    await update(worker, await deploy(hosted, "probe", better));
    expect(await updated(worker)).toEqual(["successfulUpdate 1"]);
    await expect.poll(() => worker.status()).toBe("Suspended");
    await hosted.host.workers.completePromise(worker.id, Number(index), new TextEncoder().encode("now"));
    expect(await awaited).toBe("now");
  });

  test("of a failed worker tries again what failed", async () => {
    const worker = hosted.worker("failed");
    await worker.call("retry-fast", 1);
    await worker.call("bump", 10n);
    await failure(worker.callWithKey("k", "fail", "on the old code"));
    expect(await worker.status()).toBe("Failed");
    await update(worker, await deploy(hosted, "probe", better));
    expect(await updated(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.callWithKey("k", "fail", "on the old code")).toBeUndefined();
    expect(await worker.call("add", 0n)).toBe(25n);
  });

  test("to a version that is missing is accepted, and fails", async () => {
    const worker = hosted.worker("missing");
    await worker.call("add", 1n);
    await update(worker, MISSING);
    expect(await updated(worker)).toEqual([
      expect.stringMatching(/^failedUpdate 7 Automatic update failed: Component not found/),
    ]);
    expect(await worker.call("add", 1n)).toBe(2n);
  });

  test("that was tried and failed can be followed by one that succeeds", async () => {
    const worker = hosted.worker("again");
    await worker.call("add", 10n);
    await update(worker, await deploy(hosted, "probe", worse));
    await updated(worker);
    await update(worker, await deploy(hosted, "probe", better));
    expect(await worker.call("add", 1n)).toBe(11n);
    expect((await worker.metadata()).componentVersion).toBe(2);
  });

  test("that is noted while another one is under way is made after it", async () => {
    const worker = hosted.worker("two");
    await worker.call("bump", 10n);
    const versions = [await deploy(hosted, "probe", better), await deploy(hosted, "probe", better)];
    await Promise.all(versions.map((version) => update(worker, version)));
    expect(await updated(worker)).toEqual(["successfulUpdate 1", "successfulUpdate 2"]);
    expect(await worker.call("add", 1n)).toBe(21n);
  });

  test("is undone by a revert to what was before it", async () => {
    const worker = hosted.worker("reverted");
    await worker.call("bump", 10n);
    await update(worker, await deploy(hosted, "probe", better));
    await worker.call("bump", 10n);
    await hosted.host.workers.revert(worker.id, { type: "revertLastInvocations", numberOfInvocations: 2 });
    expect(await worker.metadata()).toMatchObject({ componentVersion: 0, updates: [] });
    await worker.call("bump", 1n);
    expect(await worker.call("add", 0n)).toBe(1n);
  });

  test("is done after the host was closed in the middle of it", async () => {
    const worker = hosted.worker("closed");
    await worker.call("bump", 10n);
    await update(worker, await deploy(hosted, "probe", better));
    await hosted.restart();
    expect(await updated(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.call("add", 0n)).toBe(20n);
  });

  test("is refused where there is nothing to be done", async () => {
    const worker = hosted.worker("refused");
    await worker.call("add", 1n);
    expect(await failure(update(worker, 0))).toBe("InvalidRequest: Worker is already at the target version");
    const version = await deploy(hosted, "probe", better);
    const [first, second] = [update(worker, version), failure(update(worker, version))];
    await first;
    expect(await second).toBe("InvalidRequest: The same update is already in progress");
    expect(await failure(update(hosted.worker("nobody"), 1))).toMatch(/^WorkerNotFound: /);
  });
});
