import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, type HostedWorker } from "../hosted.ts";

describe("a fork", () => {
  let hosted: Hosted;
  beforeAll(async () => {
    await fixtureComponent("forker");
    hosted = await Hosted.open(["forker", "probe"], { shards: 2, suspendAfter: 60_000 });
  }, 120_000);
  afterAll(() => hosted[Symbol.asyncDispose]());

  const forker = (name: string) => hosted.worker(name, "forker");
  const lastIndex = async (worker: HostedWorker) => (await worker.oplog()).length;
  const fork = (source: HostedWorker, target: HostedWorker, cutOff: number) =>
    hosted.host.workers.fork(source.id, target.id, cutOff);

  test("has the past of its source, and a future of its own", async () => {
    const [source, target] = [forker("source"), forker("target")];
    await source.call("add", 10n);
    const drawn = await source.call("draw");
    const cutOff = await lastIndex(source);
    await source.call("add", 100n);
    await fork(source, target, cutOff);
    expect(await target.call("add", 1n)).toBe(11n);
    expect(await target.call("draw")).toBe(drawn);
    expect(await source.call("add", 1n)).toBe(111n);
    await hosted.restart();
    expect(await target.call("add", 1n)).toBe(12n);
  });

  test("finishes what its source was doing", async () => {
    const [source, target] = [hosted.worker("sleeping"), hosted.worker("sleeper")];
    await source.callWithKey("k", "sleep", 100);
    const completed = (await source.oplog()).findIndex(
      ({ entry }) => entry.type === "ExportedFunctionCompleted",
    );
    await fork(source, target, completed - 1);
    expect(await target.callWithKey("k", "sleep", 100)).toBeGreaterThanOrEqual(100n);
    expect(await target.status()).toBe("Idle");
  });

  test("needs a source, a target that is new, and a past", async () => {
    const [source, target] = [forker("refused"), forker("there")];
    await source.call("add", 1n);
    await target.call("add", 1n);
    const end = await lastIndex(source);
    expect(await failure(fork(source, target, 2))).toMatch(/^WorkerAlreadyExists: .*there/);
    expect(await failure(fork(forker("nobody"), forker("new"), 2))).toMatch(/^WorkerNotFound: .*nobody/);
    expect(await failure(fork(source, forker("new"), 1))).toBe(
      "InvalidRequest: oplog_index_cut_off must be at least 2",
    );
    expect(await failure(fork(source, forker("new"), end + 1))).toMatch(/^InvalidRequest: .*ends at/);
    expect(await failure(forker("new").metadata())).toMatch(/^WorkerNotFound/);
  });

  test("is made by any worker", async () => {
    const [maker, source, target] = [forker("maker"), forker("made-from"), forker("made")];
    await source.call("add", 10n);
    await maker.call("fork-worker", "made-from", "made", BigInt(await lastIndex(source)));
    expect(await target.call("add", 1n)).toBe(11n);
  });

  test("of itself goes on in both, each knowing which it is", async () => {
    const [source, target] = [forker("original"), forker("forked")];
    await source.call("add", 10n);
    expect(await source.callWithKey("k", "fork", "forked")).toBe("original");
    expect(await target.callWithKey("k", "fork", "forked")).toBe("forked");
    expect(await target.call("add", 1n)).toBe(11n);
    await hosted.restart();
    expect(await source.call("add", 2n)).toBe(12n);
    expect(await target.call("add", 2n)).toBe(13n);
  });
});

describe("a worker", () => {
  let hosted: Hosted;
  beforeAll(async () => {
    hosted = await Hosted.open(["forker"]);
  });
  afterAll(() => hosted[Symbol.asyncDispose]());

  test("reverts another one", async () => {
    const other = hosted.worker("other", "forker");
    for (const by of [1n, 10n]) await other.call("add", by);
    await hosted.worker("reverter", "forker").call("revert-worker", "other", 1n);
    expect(await other.call("add", 100n)).toBe(101n);
  });

  test("updates another one, and itself", async () => {
    const [updater, other] = [hosted.worker("updater", "forker"), hosted.worker("old", "forker")];
    await updater.call("add", 1n);
    await other.call("add", 1n);
    await hosted.host.components.update(hosted.componentId("forker"), await fixtureComponent("forker"));
    await updater.call("update-worker", "old", 1n);
    await updater.call("update-worker", "updater", 1n);
    expect(await other.call("add", 1n)).toBe(2n);
    expect(await updater.call("add", 1n)).toBe(2n);
    expect((await other.metadata()).componentVersion).toBe(1);
    expect((await updater.metadata()).componentVersion).toBe(1);
  });
});
