import assert from "node:assert/strict";
import { eventually } from "@golem-kit/cli";
import type { ProgramWorker, Step } from "../program-server.ts";
import type { Contract, Trial } from "./promise-of-a-contract.ts";

/** A worker that waits for a promise, and the promise's index. */
async function waiting(
  trial: Trial,
  key: string,
): Promise<readonly [ProgramWorker, number, readonly Step[]]> {
  const { server, bucket } = trial;
  const name = trial.worker("waits");
  const steps: readonly Step[] = [
    ["promise.create", "p"],
    ["promise.publish", "p", bucket, name],
    ["promise.await", "p"],
  ];
  const worker = server.worker(name);
  await worker.trigger(steps, key);
  const reader = server.worker(trial.worker("reads"));
  const index = await eventually("the promise is published", async () => {
    const [published] = await reader.run([["kv.get", bucket, name]]);
    return typeof published === "string" ? Number(published) : undefined;
  });
  return [worker, index, steps];
}

/** Milliseconds: a completion from outside wakes in a tenth of a second. */
const WAKING = 5_000;

async function completeByAnother({ server, worker: name }: Trial, worker: ProgramWorker, index: number) {
  const [completed] = await server
    .worker(name("completes"))
    .run([["promise.complete-of", worker.id.workerName, index, "by another"]]);
  assert.equal(completed, true);
}

export const promiseContract: Contract = {
  name: "promises",
  promises: [
    {
      says: "a worker that waits for a promise goes on with what completes it, from outside",
      holds: async (trial) => {
        const [worker, index, steps] = await waiting(trial, "key-1");
        assert.equal(await worker.complete(index, "from outside"), true);
        assert.equal((await worker.run(steps, "key-1")).at(-1), "from outside");
      },
    },
    {
      says: "the first completion wins",
      holds: async (trial) => {
        const [worker, index, steps] = await waiting(trial, "key-2");
        assert.equal(await worker.complete(index, "first"), true);
        assert.equal(await worker.complete(index, "second"), false);
        assert.equal((await worker.run(steps, "key-2")).at(-1), "first");
      },
    },
    {
      says: "a worker that waits is suspended",
      holds: async (trial) => {
        const [worker, index] = await waiting(trial, "key-3");
        await eventually("the worker is suspended", async () =>
          (await worker.metadata()).status === "Suspended" ? true : undefined,
        );
        await worker.complete(index, "end");
        await eventually("the worker is idle", async () =>
          (await worker.metadata()).status === "Idle" ? true : undefined,
        );
      },
    },
    {
      says: "another worker completes it, and the next call of the one that waits finds that",
      holds: async (trial) => {
        const [worker, index, steps] = await waiting(trial, "key-4");
        await completeByAnother(trial, worker, index);
        assert.equal((await worker.run(steps, "key-4")).at(-1), "by another");
      },
    },
    {
      says: "another worker completes it, and the one that waits goes on without being called",
      holds: async (trial) => {
        const [worker, index] = await waiting(trial, "key-6");
        await eventually("the worker is suspended", async () =>
          (await worker.metadata()).status === "Suspended" ? true : undefined,
        );
        await completeByAnother(trial, worker, index);
        const isIdle = async () => ((await worker.metadata()).status === "Idle" ? true : undefined);
        await eventually("the worker is idle", isIdle, WAKING);
      },
      deviation: "1.2.0 wakes a worker only when its promise is completed from outside",
    },
    {
      says: "polling tells whether it is completed, and with what",
      holds: async ({ server, worker }) => {
        const results = await server.worker(worker("polls")).run([
          ["promise.create", "p"],
          ["promise.poll", "p"],
          ["promise.complete", "p", "data"],
          ["promise.poll", "p"],
          ["promise.complete", "p", "other data"],
          ["promise.await", "p"],
        ]);
        assert.deepEqual(results.slice(1), [null, true, "data", false, "data"]);
      },
    },
    {
      says: "a promise that never was cannot be completed",
      holds: async ({ server, worker }) => {
        const idle = server.worker(worker("none"));
        await idle.run([["add", 1]]);
        await assert.rejects(idle.complete(4_711, "x"), /PromiseNotFound/);
      },
    },
    {
      says: "a promise is completed although its worker crashes meanwhile",
      holds: async (trial) => {
        const [worker, index, steps] = await waiting(trial, "key-5");
        await trial.server.client.interrupt(worker.id, { recover: true });
        assert.equal(await worker.complete(index, "after the crash"), true);
        assert.equal((await worker.run(steps, "key-5")).at(-1), "after the crash");
      },
    },
  ],
};
