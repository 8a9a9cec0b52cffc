import type { OplogRegion } from "../oplog/entry.ts";
import type { Oplog } from "../oplog/oplog.ts";
import { WorkerState } from "./worker-state.ts";

/** Reads a whole oplog. What was reverted counts for nothing, whatever it said; so an oplog with reverts is read twice. */
export function stateOfOplog(oplog: Oplog): WorkerState {
  const state = new WorkerState();
  const dropped: OplogRegion[] = [];
  for (const [index, entry] of oplog.entries()) {
    state.apply(index, entry);
    if (entry.type === "Revert") dropped.push(entry.droppedRegion);
  }
  return dropped.length === 0 ? state : stateWithout(dropped, oplog);
}

function stateWithout(dropped: readonly OplogRegion[], oplog: Oplog): WorkerState {
  const state = new WorkerState();
  for (const [index, entry] of oplog.entries()) {
    if (dropped.some(({ start, end }) => index >= start && index <= end)) state.forget(entry);
    else state.apply(index, entry);
  }
  return state;
}
