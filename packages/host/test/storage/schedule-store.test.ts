import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import type { ScheduledAction } from "../../src/storage/schedule-store.ts";
import { openSharedStores } from "../../src/storage/shared-stores.ts";
import { changeRows } from "./change-rows.ts";

const WAKE: ScheduledAction = { type: "wake", workerId: { componentId: "c", workerName: "w" } };

test("what is scheduled and was changed on the disk is named, and does not hold up the rest", async () => {
  const root = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  const shared = join(root, "shared.sqlite");
  const stores = openSharedStores({ shared, blobs: root }, "normal", true);
  const { schedule } = stores;
  onTestFinished(async () => {
    stores.close();
    await rm(root, { recursive: true });
  });
  schedule.add({ id: "changed", at: 2_000, action: WAKE });
  schedule.add({ id: "same", at: 3_000, action: WAKE });
  changeRows(shared, "update schedule set at = 1000 where id = 'changed'");

  expect(schedule.due(5_000, 10)).toEqual([{ id: "same", at: 3_000, action: WAKE }]);
  expect(schedule.damage().map(({ message }) => message)).toEqual([
    `Cannot use ${shared}: what is scheduled as changed is not what was written, and will not happen. ` +
      "What to do: restore the file from a backup, or schedule it anew.",
  ]);
});
