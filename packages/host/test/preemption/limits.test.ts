import { expect, onTestFinished, test } from "vitest";

import type { HostNotice, HostOptions, WorkerLimits } from "../../src/index.ts";
import { failure, Hosted, type HostedWorker } from "../hosted.ts";

const MIB = 2 ** 20;

/** A worker on a host with these limits, and what the host told of it. */
async function limited(
  limits: Partial<WorkerLimits>,
  more: HostOptions = {},
): Promise<{ hosted: Hosted; worker: HostedWorker; notices: HostNotice[] }> {
  const notices: HostNotice[] = [];
  const onNotice = (notice: HostNotice): void => void notices.push(notice);
  const hosted = await Hosted.open(["spinner"], { limits, onNotice, ...more });
  onTestFinished(() => hosted[Symbol.asyncDispose]());
  const worker = hosted.worker("greedy", "spinner");
  await worker.call("add", 1);
  return { hosted, worker, notices };
}

/** Each way to take too much: the limit, and a call that is one too many. */
const EXCESSES: readonly (readonly [keyof WorkerLimits, number, string, readonly unknown[]])[] = [
  ["oplogSize", MIB, "log-lines", [1_000, 10_000]],
  ["oplogRate", MIB / 10, "log-lines", [1_000, 10_000]],
  ["files", MIB, "write-file", ["large.bin", 4 * MIB]],
  ["stored", MIB, "store", ["large", 4 * MIB]],
  ["handles", 100, "hold-timers", [1_000]],
  ["sockets", 8, "hold-sockets", [20]],
];

test.each(EXCESSES)(
  "a worker beyond its limit %s is stopped, stays as it was, and goes on when the limit is raised",
  async (name, limit, fn, args) => {
    const { hosted, worker, notices } = await limited({ [name]: limit });
    const told = new RegExp(
      `^RuntimeError: The worker was stopped: .* and ${limit} are allowed \\(limit ${name}\\)\\. What to do: raise`,
    );

    // What a short call takes is seen when the next one begins.
    const outcomes = [await failure(worker.call(fn, ...args)), await failure(worker.call("add", 1))];

    expect(outcomes.at(outcomes[0]?.startsWith("resolved") === true ? 1 : 0)).toMatch(told);
    expect(await worker.metadata()).toMatchObject({
      status: "Interrupted",
      lastError: expect.stringContaining(`(limit ${name})`),
    });
    // On a slow machine it was also told to compute for long.
    expect(notices).toContainEqual(
      expect.objectContaining({
        worker: "test:spinner/greedy",
        message: expect.stringContaining(`(limit ${name})`),
      }),
    );

    await hosted.restart({ limits: {} });
    await worker.resume();
    expect(await worker.call("add", 1)).toBeGreaterThan(1);
    expect((await worker.metadata()).status).toBe("Idle");
  },
);

test("a worker whose oplog is too large goes on when it is reverted to before it was", async () => {
  const { hosted, worker } = await limited({ oplogSize: MIB });
  expect(await failure(worker.call("log-lines", 1_000, 10_000))).toMatch(/limit oplogSize/);

  await hosted.host.workers.revert(worker.id, { type: "revertLastInvocations", numberOfInvocations: 1 });

  expect(await worker.call("add", 1)).toBe(2);
});

test("one that is resumed while the limit is the same is stopped again", async () => {
  const { worker } = await limited({ stored: MIB });
  await failure(worker.call("store", "large", 4 * MIB));
  await failure(worker.call("add", 1));
  expect(await worker.status()).toBe("Interrupted");
  await worker.resume();
  await expect.poll(() => worker.status()).toBe("Interrupted");
});

test.each<[object, RegExp]>([
  [{ oplogsize: 1 }, /Workers have no limit "oplogsize"\. Did you mean "oplogSize"\?/],
  [{ sockets: 0 }, /The limit "sockets" is 0: it must be a positive number/],
  [{ files: Number.NaN }, /The limit "files" is NaN/],
])("a limit that is none is refused: %j", async (limits, message) => {
  await expect(Hosted.open([], { limits })).rejects.toThrow(message);
});
