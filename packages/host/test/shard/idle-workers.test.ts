import { expect, test } from "vitest";

import { IdleWorkers, type IdleLimits } from "../../src/shard/idle-workers.ts";
import { Activity } from "../../src/shard/activity.ts";
import { Journal } from "../../src/journal/journal.ts";
import { Worker } from "../../src/worker/worker.ts";
import { emptyOplog } from "../oplog/memory-storage.ts";

/** What a worker with an empty oplog is taken to need. */
const SIZE = new Journal(emptyOplog()).memorySize;

/** Workers without instances, and the names of those that were forgotten. */
function workers(limits: Partial<IdleLimits>): {
  readonly add: (name: string) => Worker;
  readonly idle: IdleWorkers;
  readonly forgotten: readonly string[];
} {
  const forgotten: string[] = [];
  const idle = new IdleWorkers(
    { instances: 64, memory: 3 * SIZE, ...limits },
    {
      leaves: () => undefined,
      forget: ({ id }) => void forgotten.push(id.workerName),
    },
  );
  const add = (workerName: string): Worker => {
    const worker = new Worker({ componentId: "component", workerName }, new Journal(emptyOplog()), {
      instantiate: () => Promise.reject(new Error("It is not to run")),
      wakeAt: () => undefined,
      delay: () => Promise.resolve(),
      random: () => 0,
      idle: () => undefined,
      createdByCall: false,
      notice: () => undefined,
      moveSoon: () => undefined,
      activity: new Activity(),
    });
    idle.add(worker);
    return worker;
  };
  return { add, idle, forgotten };
}

test("the longest idle worker is forgotten first, as soon as there is too little room", () => {
  const { add, idle, forgotten } = workers({});
  const a = add("a");
  for (const name of ["b", "c"]) add(name);
  expect(forgotten).toEqual([]);

  idle.add(a);
  add("d");

  expect(forgotten).toEqual(["b"]);
});

test("a worker whose oplog is not yet stored is not forgotten", () => {
  const { add, forgotten } = workers({ memory: SIZE });
  add("a").journal.append({ type: "NoOp" });
  for (const name of ["b", "c"]) add(name);

  expect(forgotten).toEqual(["b"]);
});

test("a worker that somebody listens to is not forgotten", () => {
  const { add, forgotten } = workers({ memory: SIZE });
  add("a").journal.onAppend(() => undefined);
  for (const name of ["b", "c"]) add(name);

  expect(forgotten).toEqual(["b"]);
});

test("a worker that was removed needs no room", () => {
  const { add, idle, forgotten } = workers({ memory: SIZE });
  idle.remove(add("a"));
  add("b");

  expect(forgotten).toEqual([]);
});
