import type { RunningInstance } from "./instance/running-instance.ts";
import { trapText } from "./instance/trap-text.ts";
import { replayDifference } from "./replay-difference.ts";
import type { MoveOutcome } from "../ground/api/moves.ts";
import { realNow } from "../ground/clock/real-time.ts";
import type { Journal } from "../journal/journal.ts";
import type { WorkerState } from "../journal/worker-state.ts";
import type { SignalReason } from "../journal/signals.ts";
import type { PendingUpdate, Snapshot } from "../journal/updates.ts";

/** An update that an instance of the new version is to prove possible: it comes to where the oplog ends, or it does not. */
export class UpdateAttempt {
  readonly #journal: Journal;
  readonly #update: PendingUpdate;
  readonly #settled: (index: number, outcome: MoveOutcome) => void;
  readonly #begun = realNow();
  readonly #entries: number;

  /** @param settled told when it is known which version the worker runs */
  constructor(
    journal: Journal,
    update: PendingUpdate,
    settled: (index: number, outcome: MoveOutcome) => void,
  ) {
    this.#journal = journal;
    this.#update = update;
    this.#settled = settled;
    this.#entries = journal.oplog.lastIndex;
  }

  /** Of its `PendingUpdate`. */
  get index(): number {
    return this.#update.index;
  }

  get targetVersion(): number {
    return this.#update.targetVersion;
  }

  /** What the instance is made of; without it everything is replayed that the old version would. */
  get snapshot(): Snapshot | undefined {
    const { index, description } = this.#update;
    return description.type === "SnapshotBased" ? { index, payload: description.payload } : undefined;
  }

  succeed(newComponentSize: number): void {
    this.#journal.append({ type: "SuccessfulUpdate", targetVersion: this.targetVersion, newComponentSize });
    this.#journal.commit();
    const ms = realNow() - this.#begun;
    const version = this.targetVersion;
    this.#settled(this.#update.index, { status: "moved", version, replayed: this.#entries, ms });
  }

  /**
   * True if the loss of the instance means that the update is not possible.
   *
   * @param hadInstance false if there was none yet
   * @param reason why it was stopped, if it was
   */
  failedWith(hadInstance: boolean, reason: SignalReason | undefined): boolean {
    // If the replay had come to its end, unasked, the update was done before what happened now.
    if (hadInstance && this.#journal.live && this.#journal.state.updates.next?.index !== this.#update.index)
      return false;
    return (
      reason === undefined || reason.type === "suspend" || reason.type === "exit" || reason.type === "stuck"
    );
  }

  /**
   * The old version goes on.
   *
   * @param running the instance that is lost, if there was one
   */
  giveUp(error: unknown, running: RunningInstance | undefined): void {
    const stderr = running?.stderr ?? "";
    const difference = running && replayDifference(this.#journal, error, stderr);
    const text = difference?.message ?? trapText(error, stderr);
    const { index, targetVersion, description } = this.#update;
    const isAutomatic = description.type === "Automatic";
    // What the new version has recorded while it loaded the snapshot is nothing to the old one.
    if (!isAutomatic && this.#journal.oplog.lastIndex > index) this.#journal.jumpBackTo(index);
    const details = `${isAutomatic ? "Automatic" : "Manual"} update failed: ${text}`;
    this.#journal.append({ type: "FailedUpdate", targetVersion, details });
    this.#journal.commit();
    const version = this.#journal.state.componentVersion;
    this.#settled(index, { status: "stays", version, reason: { ...difference, message: details } });
  }
}

/** What an oplog says of an update that is not pending any more. */
export function outcomeOf({ componentVersion, updates }: WorkerState, targetVersion: number): MoveOutcome {
  const version = componentVersion;
  if (version === targetVersion) return { status: "moved", version, replayed: 0, ms: 0 };
  const record = updates.records.findLast((each) => each.targetVersion === targetVersion);
  if (record?.type === "failedUpdate")
    return { status: "stays", version, reason: { message: record.details ?? "" } };
  return { status: "later", version, because: "another update was noted since" };
}
