import { expect, test } from "vitest";

import { DiskUsage } from "../../src/filesystem/disk-usage.ts";
import { DEFAULT_LIMITS } from "../../src/index.ts";
import { Journal } from "../../src/journal/journal.ts";
import { LimitGuard } from "../../src/worker/instance/limit-guard.ts";
import { CREATE, emptyOplog } from "../oplog/memory-storage.ts";

const MIB = 2 ** 20;

/** A guard of a worker that has just logged so many bytes, on a disk with so many left of a gibibyte that is to stay free. */
function guardOf(logged: number, freeDisk: number): LimitGuard {
  const oplog = emptyOplog();
  oplog.append(CREATE);
  const journal = new Journal(oplog);
  journal.append({ type: "Log", level: "info", context: "", message: "x".repeat(logged) });
  journal.commit();
  return new LimitGuard(
    { limits: DEFAULT_LIMITS, minFreeDisk: 1_024 * MIB, freeDisk: () => freeDisk },
    { journal, usage: new DiskUsage(() => 0), resources: { held: 0, heldOf: () => 0 } },
  );
}

test("on a disk that is nearly full, who writes much is stopped, and who writes little goes on", () => {
  expect(guardOf(4 * MIB, 64 * MIB).excess).toMatch(
    /^The worker was stopped: only 64\.0 MiB of the disk are free, and its oplog has grown by 4\.0 MiB in ten seconds\./,
  );
  expect(guardOf(MIB / 2, 64 * MIB).excess).toBeUndefined();
});

test("the less of the disk is left, the less may be written", () => {
  expect(guardOf(MIB / 2, 16 * MIB).excess).toMatch(/only 16\.0 MiB/);
});

test("on a disk with space nobody is stopped", () => {
  expect(guardOf(4 * MIB, 2_048 * MIB).excess).toBeUndefined();
});
