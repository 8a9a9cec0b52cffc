import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LabWorkers } from "./lab-workers.ts";
import { openLab, type Lab } from "./lab.ts";

let lab: Lab;
let fleet: LabWorkers;
let api: LabWorkers;
beforeAll(async () => {
  lab = await openLab();
  fleet = new LabWorkers(lab, "fleet");
  api = new LabWorkers(lab, "api");
}, 240_000);
afterAll(() => lab[Symbol.asyncDispose]());

/** A worker that was reminded of one thing after the other. */
async function reminded(worker: string, ...things: readonly string[]): Promise<void> {
  for (const thing of things) await api.call(worker, "remind", thing);
}

describe("workers", () => {
  test("are listed by filters on everything that is known of them", async () => {
    const create = (name: string, region: string): Promise<unknown> =>
      lab.host.workers.create(lab.componentId, { name, env: { REGION: region } });
    await create("seek-north", "cold");
    await create("seek-south", "hot");
    await create("seek-forth", "mild");
    await create("hide-seek-north", "cold");
    expect(await fleet.call("seeking", "list-workers", "seek-")).toEqual([
      "forth,north,south",
      "forth,north,south",
      "north",
      "forth,south",
      "forth,north",
      "south",
      "forth,north,south",
      "",
      "",
      "forth,north,south",
      "",
      "forth,north,south",
      "",
      "north,south",
      "north,south",
      "north",
      "forth,north,south",
      "bigint",
    ]);
  });

  test("that were listed leave no handle behind, though the last list was left early", async () => {
    await fleet.call("leaving", "list-workers", "leave-");
    await fleet.call("leaving", "list-workers", "leav");
    expect(await fleet.handles("leaving")).toEqual([]);
  });

  test("that were listed and read are the same on a replay, wherever the worker dies", async () => {
    const create = (name: string): Promise<unknown> => lab.host.workers.create(lab.componentId, { name });
    await create("watched");
    await reminded("watched", "seen");
    const entries = (await api.oplog("watched")).length;
    const lives: string[] = [];
    const before = [`watched ${entries} 1 `];
    for await (const { worker, answer } of fleet.everyCrash("watching", "survey", "watched")) {
      lives.push(worker);
      expect([worker, answer]).toEqual([worker, before]);
    }
    await create("watched-again");
    await reminded("watched", "seen again");
    for (const worker of [lives[0], lives.at(-1)]) {
      await fleet.crash(String(worker));
      expect(await fleet.call(String(worker), "survey", "watched")).not.toEqual(before);
    }
  });

  test("are known by what they are made of, and found by name", async () => {
    await lab.host.workers.create(lab.componentId, { name: "known", args: ["a", "b"], env: { REGION: "n" } });
    expect(await fleet.call("knowing", "know", "known")).toEqual([
      "knowing running 0 0 0",
      "known n a,b",
      "undefined",
      "true",
      "undefined",
      "nobody-there",
      "undefined",
      "undefined",
      "known",
    ]);
  });

  test("are forked at an entry of their oplog", async () => {
    await reminded("source", "first");
    const cutOff = (await api.oplog("source")).length;
    await reminded("source", "second");
    await fleet.call("forking", "fork", "source", "forked", BigInt(cutOff));
    expect(await api.call("forked", "reminded")).toEqual(["first"]);
    expect(await api.call("source", "reminded")).toEqual(["first", "second"]);
  });

  test("are reverted, by invocations and to an entry", async () => {
    await reminded("reverted", "first");
    const first = (await api.oplog("reverted")).length;
    await reminded("reverted", "second", "third");
    await fleet.call("reverting", "revert", "reverted", 1n, undefined);
    expect(await api.call("reverted", "reminded")).toEqual(["first", "second"]);
    await fleet.call("reverting", "revert", "reverted", undefined, BigInt(first));
    expect(await api.call("reverted", "reminded")).toEqual(["first"]);
  });

  test("are updated to another version of their component, by replay or by a snapshot that it accepts", async () => {
    // Workers of the others are made of the latest version.
    await using own = await openLab();
    const [ownFleet, ownApi] = [new LabWorkers(own, "fleet"), new LabWorkers(own, "api")];
    for (const worker of ["replayed", "loaded"]) await ownApi.call(worker, "remind", "before");
    await ownApi.call("refused", "remind", "not to be loaded");
    const wasm = await readFile(join(import.meta.dirname, "lab/dist/sdk_lab.wasm"));
    const before = own.host.components.get(own.componentId)?.metadata.dynamicLinking;
    await own.host.components.update(own.componentId, { wasm, ...(before && { dynamicLinking: before }) });
    await ownFleet.call("updating", "update", "replayed", 1n, false);
    for (const worker of ["loaded", "refused"]) await ownFleet.call("updating", "update", worker, 1n, true);

    expect(await ownApi.call("replayed", "reminded")).toEqual(["before"]);
    expect(await ownApi.call("loaded", "reminded")).toEqual(["before", "loaded 1"]);
    expect(await ownApi.call("refused", "reminded")).toEqual(["not to be loaded"]);
    const versionOf = async (worker: string): Promise<number> =>
      (await own.host.workers.get(ownApi.id(worker))).componentVersion;
    expect(await Promise.all(["replayed", "loaded", "refused"].map(versionOf))).toEqual([1, 1, 0]);
    const failure = (await ownApi.oplog("refused")).find(({ type }) => type === "FailedUpdate");
    expect(failure?.["details"]).toContain("There is a reminder that cannot be loaded");
  });

  test("are not touched by what cannot be meant", async () => {
    expect(await fleet.call("misusing", "misused-fleet")).toEqual([
      "unknown-component",
      "invalid-uuid",
      "invalid-argument",
      "invalid-argument",
      "invalid-argument",
      "invalid-argument",
      "invalid-argument",
      "invalid-argument",
    ]);
  });
});
