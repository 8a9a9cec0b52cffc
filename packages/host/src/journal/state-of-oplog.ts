import type { OplogRegion } from "../oplog/entry.ts";
import type { Oplog } from "../oplog/oplog.ts";
import type { StateBase } from "./kept-state.ts";
import { WorkerState } from "./worker-state.ts";

/**
 * Reads an oplog. What was reverted counts for nothing, whatever it said; so one with reverts is read twice.
 *
 * @param base what it says up to an entry, if that is known. @default all of it is read
 */
export function stateOfOplog(oplog: Oplog, base?: StateBase): WorkerState {
  const state = new WorkerState(base?.state);
  const dropped: OplogRegion[] = [];
  for (const [index, entry] of oplog.entries(firstAfter(base))) {
    state.apply(index, entry);
    if (entry.type === "Revert") dropped.push(entry.droppedRegion);
  }
  if (dropped.length === 0) return state;
  // What is known counts no more if a part of it was reverted.
  if (base !== undefined && dropped.some(({ start }) => start <= base.index)) return stateOfOplog(oplog);
  return stateWithout(dropped, oplog, base);
}

function firstAfter(base: StateBase | undefined): number {
  return (base?.index ?? 0) + 1;
}

function stateWithout(
  dropped: readonly OplogRegion[],
  oplog: Oplog,
  base: StateBase | undefined,
): WorkerState {
  const state = new WorkerState(base?.state);
  for (const [index, entry] of oplog.entries(firstAfter(base))) {
    if (dropped.some(({ start, end }) => index >= start && index <= end)) state.forget(entry);
    else state.apply(index, entry);
  }
  return state;
}
