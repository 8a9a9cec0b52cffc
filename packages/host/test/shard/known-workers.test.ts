import { expect, test } from "vitest";

import { Activity } from "../../src/shard/activity.ts";
import { Journal } from "../../src/journal/journal.ts";
import { Worker } from "../../src/worker/worker.ts";
import { KnownWorkers } from "../../src/shard/known-workers.ts";
import { emptyOplog } from "../oplog/memory-storage.ts";

function idleWorker(workerName: string): Worker {
  return new Worker({ componentId: "component", workerName }, new Journal(emptyOplog()), {
    instantiate: () => Promise.reject(new Error("It is not to run")),
    wakeAt: () => undefined,
    delay: () => Promise.resolve(),
    random: () => 0,
    idle: () => undefined,
    createdByCall: false,
    activity: new Activity(),
    notice: () => undefined,
    moveSoon: () => undefined,
  });
}

test("a worker that was released is still the same one for whoever holds it", () => {
  const workers = new KnownWorkers();
  const worker = idleWorker("a");
  workers.keep("a", worker);
  workers.release("a");

  expect(workers.find("a")).toBe(worker);
  expect(workers.all()).toEqual([worker]);
});

test("a worker that was deleted is not found", () => {
  const workers = new KnownWorkers();
  workers.keep("a", idleWorker("a"));
  workers.release("a");
  workers.delete("a");

  expect(workers.find("a")).toBeUndefined();
  expect(workers.all()).toEqual([]);
});
