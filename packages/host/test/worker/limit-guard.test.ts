import { expect, test } from "vitest";

import { DiskUsage } from "../../src/filesystem/disk-usage.ts";
import { DEFAULT_LIMITS } from "../../src/index.ts";
import { Journal } from "../../src/journal/journal.ts";
import { LimitGuard } from "../../src/worker/instance/limit-guard.ts";
import { MemoryTotal, sharedMemoryTotal } from "../../src/worker/instance/memory-total.ts";
import { CREATE, emptyOplog } from "../oplog/memory-storage.ts";

const MIB = 2 ** 20;

const ROOMY = {
  limits: DEFAULT_LIMITS,
  minFreeDisk: 0,
  freeDisk: () => Infinity,
  maxMemory: 1_024 * MIB,
  memory: new MemoryTotal(sharedMemoryTotal(1), 0),
};

const NOTHING = {
  usage: new DiskUsage(() => 0),
  resources: { held: 0, heldOf: () => 0 },
  memorySize: () => 0,
};

/** A guard of a worker that has just logged so many bytes, on a disk with so many left of a gibibyte that is to stay free. */
function guardOf(logged: number, freeDisk: number): LimitGuard {
  const oplog = emptyOplog();
  oplog.append(CREATE);
  const journal = new Journal(oplog);
  journal.append({ type: "Log", level: "info", context: "", message: "x".repeat(logged) });
  journal.commit();
  return new LimitGuard(
    { ...ROOMY, minFreeDisk: 1_024 * MIB, freeDisk: () => freeDisk },
    { ...NOTHING, journal },
  );
}

test("on a disk that is nearly full, who writes much is stopped, and who writes little goes on", () => {
  expect(guardOf(4 * MIB, 64 * MIB).excess).toMatch(
    /^The worker was stopped: only 64\.0 MiB of the disk are free, and its oplog has grown by 4\.0 MiB in ten seconds\./,
  );
  expect(guardOf(MIB / 2, 64 * MIB).excess).toBeUndefined();
});

test("the less of the disk is left, the less may be written", () => {
  expect(guardOf(1.5 * MIB, 128 * MIB).excess).toBeUndefined();
  expect(guardOf(1.5 * MIB, 16 * MIB).excess).toMatch(/only 16\.0 MiB/);
});

test("on a disk without any space who writes little is not stopped: it goes on when there is some", () => {
  expect(guardOf(MIB / 2, 0).excess).toBeUndefined();
});

test("on a disk with space nobody is stopped", () => {
  expect(guardOf(4 * MIB, 2_048 * MIB).excess).toBeUndefined();
});

test("when all together take too much memory, who takes much is stopped, until others have given theirs back", () => {
  const oplog = emptyOplog();
  oplog.append(CREATE);
  const journal = new Journal(oplog);
  const shared = sharedMemoryTotal(2);
  const guards = [600, 600, 10].map((mebibytes, at) => {
    const limits = { ...ROOMY, memory: new MemoryTotal(shared, at % 2) };
    return new LimitGuard(limits, { ...NOTHING, journal, memorySize: () => mebibytes * MIB });
  });
  expect(guards.map(({ excess }) => excess)).toEqual([
    undefined,
    expect.stringMatching(
      /^The worker was stopped: all workers together take 1200\.0 MiB of memory, of which they may take 1024\.0 MiB \(maxMemory\), and it takes 600\.0 MiB\./,
    ),
    undefined,
  ]);
  guards[1]?.release();
  expect(guards[0]?.excess).toBeUndefined();
});
