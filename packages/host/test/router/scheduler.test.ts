import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { HostClock } from "../../src/ground/clock/host-clock.ts";
import { Scheduler } from "../../src/router/scheduler.ts";
import { Activity } from "../../src/shard/activity.ts";
import { type ScheduledAction, ScheduleStore } from "../../src/storage/schedule-store.ts";
import { openSharedDatabase } from "../../src/storage/shared-database.ts";
import { StorageError } from "../../src/ground/storage-error.ts";

const wake = (workerName: string): ScheduledAction => ({
  type: "wake",
  workerId: { componentId: "c", workerName },
});

function nameOf(action: ScheduledAction): string {
  return action.workerId.workerName;
}

function emptyStore(): ScheduleStore {
  const folder = mkdtempSync(join(tmpdir(), "golem-kit-schedule-"));
  const file = join(folder, "shared.sqlite");
  const database = openSharedDatabase(file, "normal", true);
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  return new ScheduleStore(database, file);
}

function scheduler(store: ScheduleStore, act: (action: ScheduledAction) => Promise<void>): Scheduler {
  const clock = new HostClock(new SharedArrayBuffer(8));
  const made = new Scheduler(store, { activity: new Activity(), clock }, act);
  onTestFinished(() => made.close());
  return made;
}

test("what is due is done in order, and leaves the schedule", async () => {
  const store = emptyStore();
  const done: string[] = [];
  store.add({ id: "2", at: 2, action: wake("b") });
  store.add({ id: "1", at: 1, action: wake("a") });
  scheduler(store, async (action) => void done.push(nameOf(action))).refresh();
  await expect.poll(() => store.due(Date.now(), 10)).toEqual([]);
  expect(done).toEqual(["a", "b"]);
});

test("what is not due yet waits", async () => {
  const store = emptyStore();
  const done: string[] = [];
  store.add({ id: "later", at: Date.now() + 60_000, action: wake("later") });
  store.add({ id: "now", at: 0, action: wake("now") });
  scheduler(store, async (action) => void done.push(nameOf(action))).refresh();
  await expect.poll(() => done).toEqual(["now"]);
  expect(store.nextAfter(Date.now())?.at).toBeGreaterThan(Date.now());
});

test("what takes long holds up nothing else", async () => {
  const store = emptyStore();
  const slow = Promise.withResolvers<void>();
  const done: string[] = [];
  store.add({ id: "slow", at: 1, action: wake("slow") });
  store.add({ id: "fast", at: 2, action: wake("fast") });
  scheduler(store, async (action) => {
    if (nameOf(action) === "slow") await slow.promise;
    done.push(nameOf(action));
  }).refresh();
  await expect.poll(() => done).toEqual(["fast"]);
  slow.resolve();
  await expect.poll(() => done).toEqual(["fast", "slow"]);
});

test("what fails stays in the schedule and is tried again", async () => {
  const store = emptyStore();
  let attempts = 0;
  store.add({ id: "flaky", at: 1, action: wake("flaky") });
  scheduler(store, async () => {
    attempts += 1;
    if (attempts === 1) throw new Error("not now");
  }).refresh();
  await expect.poll(() => attempts).toBe(1);
  expect(store.due(Date.now(), 10)).toHaveLength(1);
  await expect.poll(() => attempts, { timeout: 5_000 }).toBe(2);
  await expect.poll(() => store.due(Date.now(), 10)).toEqual([]);
});

test("a store that cannot be read for a while ends nothing", async () => {
  const store = emptyStore();
  let isBroken = true;
  const done: string[] = [];
  store.add({ id: "1", at: 1, action: wake("a") });
  const due = store.due.bind(store);
  Object.assign(store, {
    due: (at: number, limit: number) => {
      if (isBroken) throw new StorageError("full");
      return due(at, limit);
    },
  });
  scheduler(store, async (action) => void done.push(nameOf(action))).refresh();
  isBroken = false;
  await expect.poll(() => done, { timeout: 5_000 }).toEqual(["a"]);
});
