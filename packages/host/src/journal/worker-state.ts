import type { WorkerStatus } from "../ground/api/worker-metadata.ts";
import type { OplogEntry, RetryPolicy } from "../oplog/entry.ts";
import { isHint } from "../oplog/entry.ts";
import { RecordedFacts } from "./recorded-facts.ts";
import { updateKey } from "./updates.ts";
import { carriedOut } from "./worker-facts.ts";

/**
 * Everything that a worker's oplog says about it, kept up to date entry by entry. The whole state machine is here:
 * `apply` is the only transition, `status` the only reading of it.
 */
export class WorkerState extends RecordedFacts {
  /** What holds at the end of the oplog. */
  get retryPolicy(): RetryPolicy {
    return this.retryPolicies.current;
  }

  get status(): WorkerStatus {
    if (this.facts.halt === "exited") return "Exited";
    if (this.failures.forGood || this.failures.count > this.retryPolicy.maxAttempts) return "Failed";
    if (this.facts.halt === "interrupted") return "Interrupted";
    if (this.facts.halt === "suspended") return "Suspended";
    if (this.failures.count > 0) return "Retrying";
    return this.open !== undefined || this.pending.size > 0 ? "Running" : "Idle";
  }

  /** True if the worker has to go on by itself after the process was killed now. */
  get active(): boolean {
    const status = this.status;
    const toUpdate = status === "Idle" && this.updates.next?.waits === false;
    return status === "Running" || status === "Retrying" || toUpdate;
  }

  /** False if the worker waits for nothing: replaying it would be for nothing. */
  get canWake(): boolean {
    const { active, status } = this;
    return active || (status !== "Idle" && status !== "Failed" && status !== "Exited");
  }

  apply(index: number, entry: OplogEntry): void {
    this.#noteCall(entry);
    switch (entry.type) {
      case "Create":
        this.facts.create = entry;
        this.facts.createdAt = entry.timestamp;
        this.facts.componentVersion = entry.componentVersion;
        this.facts.componentSize = entry.componentSize;
        this.facts.memorySize = entry.initialTotalLinearMemorySize;
        break;
      case "ExportedFunctionInvoked":
        this.open = { index, idempotencyKey: entry.idempotencyKey, functionName: entry.functionName };
        this.pending.delete(entry.idempotencyKey);
        break;
      case "ExportedFunctionCompleted":
        if (this.open !== undefined) this.completed.set(this.open.idempotencyKey, index);
        this.open = undefined;
        this.openRegions.endAll();
        break;
      case "ImportedFunctionInvoked":
        this.stored += entry.stored ?? 0;
        break;
      case "PendingWorkerInvocation":
        this.pending.set(entry.invocation.idempotencyKey, entry.invocation);
        break;
      case "CancelPendingInvocation":
        this.pending.delete(entry.idempotencyKey);
        break;
      case "Suspend":
        this.facts.halt = "suspended";
        break;
      case "Interrupted":
        this.facts.halt = "interrupted";
        if (entry.reason !== undefined) this.failures.note(entry.reason);
        break;
      case "Exited":
        this.facts.halt = "exited";
        break;
      case "Restart":
        // The instance is a new one that knows of nothing.
        this.facts.halt = "none";
        this.open = undefined;
        this.openRegions.endAll();
        this.resources.clear();
        this.failures.forget();
        break;
      case "Error":
        this.failures.add(entry);
        break;
      case "Jump":
        this.deletedRegions.push(entry.jump);
        this.openRegions.delete(entry.jump);
        this.retryPolicies.delete(entry.jump);
        break;
      case "Revert":
        this.deletedRegions.push(entry.droppedRegion);
        this.reverted.push(entry.droppedRegion);
        this.position = index;
        break;
      case "BeginAtomicRegion":
      case "BeginRemoteWrite":
        this.openRegions.begin(index);
        break;
      case "EndAtomicRegion":
      case "EndRemoteWrite":
        this.openRegions.end(entry.beginIndex, index);
        break;
      case "PendingUpdate":
        this.updates.apply(index, entry);
        this.pending.delete(updateKey(entry.targetVersion));
        if (entry.waits !== true) this.resumed();
        this.failures.forgive();
        break;
      case "SuccessfulUpdate": {
        const { snapshot } = this.updates;
        this.updates.apply(index, entry);
        this.facts.componentVersion = entry.targetVersion;
        this.facts.componentSize = entry.newComponentSize;
        // What was made of a snapshot has none of the old instance's resources.
        if (this.updates.snapshot !== snapshot) this.resources.clear();
        break;
      }
      case "FailedUpdate":
        // The old version is not tried again for it. An update that was asked for by itself is a reason to try.
        if (this.updates.automaticTo(entry.targetVersion)?.waits === true) this.failures.takeBack();
        this.updates.apply(index, entry);
        this.pending.delete(updateKey(entry.targetVersion));
        break;
      case "ChangeRetryPolicy":
        this.retryPolicies.add(index, entry.newPolicy);
        break;
      case "GrowMemory":
        this.facts.memorySize += entry.delta;
        break;
      case "CreateResource":
        this.resources.set(entry.id, { createdAt: entry.timestamp, indexed: null });
        break;
      case "DescribeResource":
        this.resources.set(entry.id, {
          createdAt: this.resources.get(entry.id)?.createdAt ?? entry.timestamp,
          indexed: { resourceName: entry.resourceName, resourceParams: entry.resourceParams },
        });
        break;
      case "DropResource":
        this.resources.delete(entry.id);
        break;
      default:
        break;
    }
    if (isHint(entry.type) || entry.type === "FinishSpan") return;
    this.position = index;
    this.#madeProgress(entry);
  }

  /** The entry was reverted. What it took out of the queue does not come back. */
  forget(entry: OplogEntry): void {
    this.#noteCall(entry);
    if (entry.type === "ExportedFunctionInvoked" || entry.type === "CancelPendingInvocation")
      this.pending.delete(entry.idempotencyKey);
  }

  #noteCall(entry: OplogEntry): void {
    const by = carriedOut(entry);
    if (by !== undefined) this.calls.add(by);
  }

  /** The worker goes on: whatever halted it is over. Not recorded; what it does next is. */
  resumed(): void {
    if (this.facts.halt !== "exited") this.facts.halt = "none";
  }

  /**
   * A new non-hint entry means that the worker got further than the failure, except inside an atomic region or a
   * remote write, which begin anew each time: there the failures add up.
   */
  #madeProgress(entry: OplogEntry): void {
    if (this.facts.halt !== "exited") this.facts.halt = "none";
    if (entry.type === "Jump" || this.openRegions.any) return;
    this.failures.forget();
  }
}
