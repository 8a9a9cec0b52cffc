import { snapshotFunction } from "../../component/snapshot-function.ts";
import type { Journal } from "../../journal/journal.ts";
import type { RunningInstance } from "./running-instance.ts";

/** False if nothing can be saved, since the component does not export it. */
export function savesSnapshots({ component }: RunningInstance): boolean {
  return snapshotFunction(component.world, "save") !== undefined;
}

/** What the guest wants to be made of in another version; whatever it does for that is not recorded. */
export async function takeSnapshot(journal: Journal, running: RunningInstance): Promise<Uint8Array> {
  const save = snapshotFunction(running.component.world, "save");
  if (save === undefined) throw new Error("save-snapshot is not exported");
  const saved = await journal.unrecorded(() =>
    running.call(save, [], { idempotencyKey: save, startedAt: 0 }),
  );
  return saved as Uint8Array;
}

/** Makes the guest what another version has saved. @throws Error if it cannot be that */
export async function loadSnapshot(running: RunningInstance, payload: Uint8Array): Promise<void> {
  const load = snapshotFunction(running.component.world, "load");
  if (load === undefined) throw new Error("load-snapshot is not exported");
  const { tag, val } = (await running.call(load, [payload], { idempotencyKey: load, startedAt: 0 })) as {
    tag: string;
    val: unknown;
  };
  if (tag === "err") throw new Error(`load-snapshot failed: ${String(val)}`);
}
