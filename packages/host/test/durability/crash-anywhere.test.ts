import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { OplogEntry } from "../../src/oplog/entry.ts";
import { summary } from "../../src/oplog/divergence-error.ts";
import type { WorkerId } from "../../src/index.ts";
import { dataPaths } from "../../src/storage/data-directory.ts";
import { openSharedStores } from "../../src/storage/shared-stores.ts";
import { Hosted, type HostedWorker, type OplogEntries, story } from "../hosted.ts";
import { readOplog, writeOplog } from "../fixtures/oplog-copies.ts";

const KEY = "5f0c1c8e-3a58-4a55-9d9c-1a6ad1a3ac11";

/** Which of the strings that `scenario` returns are the same in every run. */
const FIXED = { kept: 5, stored: 6, inRegion: 7, completed: 8, polled: 9, awaited: 10, total: 14 } as const;

/** A host with a worker that ran the scenario undisturbed, and a copy of it for each entry after which it died. */
class Crashes implements AsyncDisposable {
  readonly hosted: Hosted;
  readonly undisturbed: readonly string[];
  readonly entries: readonly OplogEntry[];
  readonly original: HostedWorker;

  private constructor(
    hosted: Hosted,
    original: HostedWorker,
    undisturbed: readonly string[],
    entries: readonly OplogEntry[],
  ) {
    this.hosted = hosted;
    this.original = original;
    this.undisturbed = undisturbed;
    this.entries = entries;
  }

  static async prepare(): Promise<Crashes> {
    const hosted = await Hosted.open();
    const original = hosted.worker("original");
    await original.call("add", 41n);
    await original.call("store", "so that the container exists", "");
    const undisturbed = (await original.callWithKey(KEY, "scenario")) as string[];
    await hosted.stop();
    const crashes = new Crashes(hosted, original, undisturbed, readOplog(hosted.dataDir, original.id));
    for (const length of crashes.lengths) {
      const { id } = crashes.after(length);
      writeOplog(hosted.dataDir, id, crashes.entries.slice(0, length));
      crashes.#copyPromises(id, length);
    }
    await hosted.start();
    return crashes;
  }

  /** From the begin of the scenario on: what came before was acknowledged, and cannot be lost. */
  get lengths(): number[] {
    const begin = this.entries.findIndex(
      (entry) => entry.type === "ExportedFunctionInvoked" && entry.idempotencyKey === KEY,
    );
    return Array.from({ length: this.entries.length - begin }, (_, at) => begin + 1 + at);
  }

  /** The worker that died with so many entries. */
  after(length: number): HostedWorker {
    return this.hosted.worker(`died-after-${length}`);
  }

  /** The promises as they were then: a completion takes effect together with its entry. */
  #copyPromises(id: WorkerId, length: number): void {
    const completed = this.entries
      .slice(0, length)
      .some((entry) => summary(entry).endsWith("complete_promise"));
    const shared = openSharedStores(dataPaths(this.hosted.dataDir), "normal", true);
    const { promises } = shared;
    for (let oplogIdx = 1; oplogIdx <= length; oplogIdx += 1) {
      const original = { workerId: this.original.id, oplogIdx };
      const copy = { workerId: id, oplogIdx };
      const promise = promises.get(original);
      if (promise.state === "unknown") continue;
      promises.create(copy, true);
      if (promises.isAwaited(original)) promises.await(copy);
      if (completed && promise.state !== "pending") promises.complete(copy, promise.data);
    }
    shared.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.hosted[Symbol.asyncDispose]();
  }
}

/** Up to the end of the scenario: what other tests did with the worker afterwards is their business. */
function scenarioStory(entries: OplogEntries): string[] {
  const begin = entries.findIndex(
    ({ entry }) => entry.type === "ExportedFunctionInvoked" && entry["idempotencyKey"] === KEY,
  );
  const end = entries.findIndex(({ entry }, at) => at > begin && entry.type === "ExportedFunctionCompleted");
  return story(entries.slice(0, end + 1));
}

describe("a worker that dies after any entry of its oplog", () => {
  let crashes: Crashes;

  beforeAll(async () => {
    crashes = await Crashes.prepare();
  }, 120_000);

  afterAll(async () => {
    await crashes[Symbol.asyncDispose]();
  });

  test("finishes by itself what it was doing", async () => {
    for (const length of crashes.lengths)
      await expect.poll(() => crashes.after(length).status(), { timeout: 20_000 }).toBe("Idle");
  }, 60_000);

  test("answers the invocation as if nothing had happened", async () => {
    for (const length of crashes.lengths) {
      const result = (await crashes.after(length).callWithKey(KEY, "scenario")) as string[];
      for (const [name, at] of Object.entries(FIXED))
        expect([length, name, result[at]]).toEqual([length, name, crashes.undisturbed[at]]);
    }
  });

  test("keeps what was recorded", async () => {
    for (const length of crashes.lengths) {
      const result = (await crashes.after(length).callWithKey(KEY, "scenario")) as string[];
      const recorded = new Set<string>();
      for (const entry of crashes.entries.slice(0, length))
        if (entry.type === "ImportedFunctionInvoked") recorded.add(String(entry.response));
      for (const [at, value] of crashes.undisturbed.entries())
        if (recorded.has(value)) expect([length, at, result[at]]).toEqual([length, at, value]);
    }
  });

  test("runs the invocation once", async () => {
    for (const length of crashes.lengths) {
      await crashes.after(length).callWithKey(KEY, "scenario");
      const oplog = await crashes.after(length).oplog();
      const runs = oplog.filter(
        ({ entry }) => entry.type === "ExportedFunctionInvoked" && entry["idempotencyKey"] === KEY,
      );
      expect([length, runs.length]).toEqual([length, 1]);
    }
  });

  test("does an atomic region that was open from its begin again, and nothing else twice", async () => {
    const undisturbed = scenarioStory(await crashes.original.oplog());
    const begun = undisturbed.indexOf("BeginAtomicRegion") + 1;
    const ended = undisturbed.indexOf("EndAtomicRegion") + 1;
    for (const length of crashes.lengths) {
      const isOpen = length >= begun && length < ended;
      await crashes.after(length).callWithKey(KEY, "scenario");
      const redone = [...undisturbed.slice(0, length), "Jump", ...undisturbed.slice(begun)];
      expect([length, scenarioStory(await crashes.after(length).oplog())]).toEqual([
        length,
        isOpen ? redone : undisturbed,
      ]);
    }
  });

  test("is the same worker afterwards", async () => {
    for (const length of crashes.lengths) {
      await crashes.after(length).callWithKey(KEY, "scenario"); // what waits behind it would stand in its story
      expect([length, await crashes.after(length).call("add", 0n)]).toEqual([length, 42n]);
    }
  });

  test("still is after another restart", async () => {
    const answers = [];
    for (const length of crashes.lengths)
      answers.push(await crashes.after(length).callWithKey(KEY, "scenario"));
    await crashes.hosted.restart();
    for (const [at, length] of crashes.lengths.entries()) {
      expect(await crashes.after(length).callWithKey(KEY, "scenario")).toEqual(answers[at]);
      expect(await crashes.after(length).call("add", 0n)).toBe(42n);
    }
  }, 60_000);
});
