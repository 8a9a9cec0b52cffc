import type { RevertTarget } from "../ground/api/workers.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { OplogRegion } from "../oplog/entry.ts";
import type { Journal } from "./journal.ts";

/**
 * The end of the oplog that a revert drops; empty if there is nothing after its target.
 *
 * @throws GolemError `InvalidRequest` if the target is not there, or gone already
 */
export function revertRegion({ oplog, state }: Journal, target: RevertTarget): OplogRegion {
  const end = oplog.lastIndex;
  if (target.type === "revertLastInvocations") {
    return { start: startOfInvocations(target.numberOfInvocations), end };
  }
  const { lastOplogIndex } = target;
  if (!Number.isInteger(lastOplogIndex) || lastOplogIndex < 1 || lastOplogIndex > end)
    throw invalid(`Cannot revert to oplog index ${lastOplogIndex}: it must be between 1 and ${end}`);
  if (isDeleted(lastOplogIndex))
    throw invalid(`Attempted to revert to a deleted region in oplog to index ${lastOplogIndex}`);
  return { start: lastOplogIndex + 1, end };

  function startOfInvocations(count: number): number {
    if (count === 0) return end + 1;
    const begins: number[] = [];
    for (const [index, entry] of oplog.entries())
      if (entry.type === "ExportedFunctionInvoked" && !isDeleted(index)) begins.push(index);
    const start = begins.at(-count);
    if (start !== undefined) return start;
    throw invalid(`Could not find ${count} invocations to revert: the worker has run ${begins.length}`);
  }

  function isDeleted(index: number): boolean {
    return state.deletedRegions.some((region) => index >= region.start && index <= region.end);
  }
}

function invalid(details: string): GolemError {
  return new GolemError({ type: "InvalidRequest", details });
}
