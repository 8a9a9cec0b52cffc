import type { Journal } from "../journal/journal.ts";
import type { RunningInstance } from "./instance/running-instance.ts";
import { Signal } from "../journal/signals.ts";
import { savesSnapshots, takeSnapshot } from "./instance/snapshot.ts";
import { trapText } from "./instance/trap-text.ts";

/**
 * Saves what another version is to be made of, for the next instance to be one of that version; if that cannot be, the
 * update has failed.
 *
 * @returns false if the instance is not to be used any more
 * @throws Signal if the instance is being stopped
 */
export async function saveSnapshot(
  journal: Journal,
  running: RunningInstance,
  targetVersion: number,
): Promise<boolean> {
  let isUsable = false;
  try {
    const payload = await takeSnapshot(journal, running);
    const description = { type: "SnapshotBased", payload } as const;
    journal.append({ type: "PendingUpdate", targetVersion, description });
  } catch (error) {
    if (error instanceof Signal || running.stopReason !== undefined) throw error;
    // Without the function nothing has run; otherwise the trap was the instance's last.
    isUsable = !savesSnapshots(running);
    const details = `failed to get a snapshot for manual update: ${trapText(error, running.stderr)}`;
    journal.append({ type: "FailedUpdate", targetVersion, details });
  }
  journal.commit();
  return isUsable;
}
