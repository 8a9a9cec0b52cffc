import { describe, expect, test } from "vitest";

import { type HostedWorker, story } from "../hosted.ts";
import { deploy, updated } from "../lifecycle/versions.ts";
import { sharedHost } from "../shared-host.ts";

describe("what a worker does to others is done once, if the worker is lost before it can record that", () => {
  const hosted = sharedHost(["forker"]);
  const worker = (name: string): HostedWorker => hosted().worker(name, "forker");

  /**
   * Has an actor do something to an object, and lose its instance between that and its record. Another actor has done the
   * same to another object before, undisturbed.
   *
   * @returns what came of the deed
   */
  async function lostAfter(
    recordedName: string,
    name: string,
    deed: (actor: HostedWorker, object: string) => Promise<unknown>,
  ): Promise<unknown> {
    await deed(worker(`${name}-undisturbed-actor`), `${name}-undisturbed`);
    const undisturbed = await worker(`${name}-undisturbed-actor`).oplog();
    const record = undisturbed.findLast(({ entry }) => entry["functionName"] === recordedName);
    const actor = worker(`${name}-actor`);
    const crashed = hosted().host.simulation.crash(actor.id, {
      afterEntry: record?.oplogIndex ?? 0,
      losesUncommitted: true,
    });
    const result = await deed(actor, name);
    expect(await crashed).toBe(true);
    // The same entries, but for what was lost and written again; and no error among them.
    expect(story(await actor.oplog())).toEqual(story(undisturbed));
    return result;
  }

  const typesOf = async (of: HostedWorker, type: string): Promise<number> =>
    story(await of.oplog()).filter((each) => each === type).length;

  test("a revert of its last invocation", async () => {
    for (const name of ["reverted", "reverted-undisturbed"])
      for (const by of [1n, 10n, 100n]) await worker(name).call("add", by);
    await lostAfter("golem::api::revert_worker", "reverted", (actor, name) =>
      actor.call("revert-worker", name, 1n),
    );
    expect(await worker("reverted").call("add", 0n)).toBe(11n);
    expect(await typesOf(worker("reverted"), "Revert")).toBe(1);
  });

  test("a fork of another worker", async () => {
    for (const name of ["source", "source-undisturbed"]) await worker(name).call("add", 1n);
    const { length } = await worker("source").oplog();
    await lostAfter("golem::api::fork_worker", "source", (actor, name) =>
      actor.call("fork-worker", name, `fork-of-${name}`, BigInt(length)),
    );
    expect(await worker("fork-of-source").call("add", 0n)).toBe(1n);
  });

  test("a fork of itself", async () => {
    const forked = await lostAfter("golem::api::fork", "child", (actor, name) =>
      actor.callWithKey("k", "fork", name),
    );
    expect(forked).toBe("original");
    expect(await worker("child").callWithKey("k", "fork", "child")).toBe("forked");
  });

  test("an update", async () => {
    for (const name of ["updated", "updated-undisturbed", "updated-actor", "updated-undisturbed-actor"])
      await worker(name).call("add", 1n);
    const version = await deploy(hosted(), "forker", (program) => `${program}\n// Another one.`);
    await lostAfter("golem::api::update-worker", "updated", (actor, name) =>
      actor.call("update-worker", name, BigInt(version)),
    );
    expect(await updated(worker("updated"))).toEqual([`successfulUpdate ${version}`]);
    expect(await typesOf(worker("updated"), "PendingUpdate")).toBe(1);
  });

  test("moving an object", async () => {
    for (const name of ["moved", "moved-undisturbed"]) await worker("storer").call("store", name, "from");
    const moved = await lostAfter("golem blobstore::blobstore::move_object", "moved", (actor, name) =>
      actor.call("move", name, "from", "to"),
    );
    expect(moved).toEqual({ tag: "ok", val: undefined });
    expect([...(hosted().host.simulation.contents().blobs.get("moved")?.keys() ?? [])]).toEqual(["to"]);
  });
});

describe("what a worker does to others", () => {
  const hosted = sharedHost(["forker"]);
  const worker = (name: string): HostedWorker => hosted().worker(name, "forker");

  test("is done each time that it does it, also in the same way", async () => {
    for (const by of [1n, 10n, 100n]) await worker("twice").call("add", by);
    await worker("again").callWithKey("k-1", "revert-worker", "twice", 1n);
    await worker("again").callWithKey("k-2", "revert-worker", "twice", 1n);
    expect(await worker("twice").call("add", 0n)).toBe(1n);
  });

  test("is done by another worker of the same name too", async () => {
    for (const by of [1n, 10n, 100n]) await worker("of-two").call("add", by);
    await worker("namesake").callWithKey("k", "revert-worker", "of-two", 1n);
    await hosted().host.workers.delete(worker("namesake").id);
    await worker("namesake").callWithKey("k", "revert-worker", "of-two", 1n);
    expect(await worker("of-two").call("add", 0n)).toBe(1n);
  });

  test("is done again when it is reverted and does it again", async () => {
    for (const by of [1n, 10n, 100n]) await worker("by-reverted").call("add", by);
    await worker("reverting").callWithKey("k", "revert-worker", "by-reverted", 1n);
    const done = (await worker("reverting").oplog()).find(
      ({ entry }) => entry["functionName"] === "golem::api::revert_worker",
    );
    await hosted().host.workers.revert(worker("reverting").id, {
      type: "revertToOplogIndex",
      lastOplogIndex: Number(done?.oplogIndex) - 1,
    });
    await worker("reverting").callWithKey("k", "revert-worker", "by-reverted", 1n);
    expect(await worker("by-reverted").call("add", 0n)).toBe(1n);
  });
});
