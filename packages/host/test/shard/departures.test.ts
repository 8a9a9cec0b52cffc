import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { Departures } from "../../src/shard/departures.ts";
import { PartitionStore } from "../../src/storage/partition-store.ts";

let root: string;
let store: PartitionStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "golem-kit-departures-"));
  store = new PartitionStore(join(root, "oplog-0.sqlite"), "full");
});
afterEach(async () => {
  store.close();
  await rm(root, { recursive: true, force: true });
});

function commit(workerName: string): void {
  store.createWorker({ componentId: "c", workerName }, [], false);
}

/** Messages that have left, each with whether all was on the disk then. */
function watchedPort(departures: Departures) {
  const left: [message: unknown, isFlushed: boolean][] = [];
  const port = departures.port({ postMessage: (message) => void left.push([message, store.isFlushed]) });
  return { left, port };
}

test("a message leaves at once when nothing was committed", () => {
  const { left, port } = watchedPort(new Departures(store));
  port.postMessage("a");
  expect(left).toEqual([["a", true]]);
});

test("a message leaves when what was committed before it is on the disk", async () => {
  const { left, port } = watchedPort(new Departures(store));
  commit("w");
  port.postMessage("a");
  expect(left).toEqual([]);

  await expect.poll(() => left).toEqual([["a", true]]);
});

test("messages leave in order, all that came meanwhile after one flush more", async () => {
  const { left, port } = watchedPort(new Departures(store));
  commit("w1");
  port.postMessage("a");
  for (const name of ["w2", "w3", "w4"]) {
    commit(name);
    port.postMessage(name);
  }

  await expect
    .poll(() => left)
    .toEqual([
      ["a", false],
      ["w2", true],
      ["w3", true],
      ["w4", true],
    ]);
});

test("a call within the shard waits for what its caller has committed, and its answer for what the callee has", async () => {
  const flushedAt: Record<string, boolean> = {};
  const target = new Departures(store).target({
    invoke: () => Promise.reject(new Error("not called")),
    invokeAndAwait: async () => {
      flushedAt["call"] = store.isFlushed;
      commit("callee");
      return { form: "values", value: 1 };
    },
  });
  commit("caller");

  const call = target.invokeAndAwait(
    { componentId: "c", workerName: "callee" },
    { function: "f", params: { form: "values", values: [] } },
    { workerId: { componentId: "c", workerName: "caller" }, args: [], env: {} },
  );
  await call;

  expect(flushedAt).toEqual({ call: true });
  expect(store.isFlushed).toBe(true);
});
