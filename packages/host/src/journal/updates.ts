import type { UpdateRecord } from "../ground/api/worker-metadata.ts";
import type { EntryOf, UpdateDescription } from "../oplog/entry.ts";

/** An update that is neither done nor given up. */
export interface PendingUpdate {
  /** Index of its `PendingUpdate`. */
  readonly index: number;
  readonly timestamp: number;
  readonly targetVersion: number;
  readonly description: UpdateDescription;
  /** It alone gives the worker no reason to run, and any later one by replay takes its place. */
  readonly waits: boolean;
  /** Invocations before it may come to other results than they have returned. */
  readonly anyResult: boolean;
}

/** What a worker was made of when its component was replaced without replay: nothing before it is replayed. */
export interface Snapshot {
  /** Index of the last entry that is not replayed. */
  readonly index: number;
  readonly payload: Uint8Array;
}

type UpdateEntry = EntryOf<"PendingUpdate" | "SuccessfulUpdate" | "FailedUpdate">;

/**
 * So many failures are told in full, of earlier ones the first line: each may take kilobytes, and who saves a file again and again
 * makes many.
 */
const MOST_IN_FULL = 8;

/** Where an update by snapshot waits among the invocations. */
export function updateKey(targetVersion: number): string {
  return `golem:update/${targetVersion}`;
}

export interface SavedUpdates {
  readonly settled: readonly UpdateRecord[];
  readonly inFull: readonly number[];
  readonly pending: readonly PendingUpdate[];
  readonly snapshot: Snapshot | undefined;
  readonly unchecked: number;
}

/** What an oplog says about updates. */
export class Updates {
  readonly #settled: UpdateRecord[] = [];
  /** Where those are whose details are told in full. */
  readonly #inFull: number[] = [];
  #pending: readonly PendingUpdate[] = [];
  #snapshot: Snapshot | undefined;
  #unchecked = 0;

  /** All of it, for {@link restored}. */
  saved(): SavedUpdates {
    return {
      settled: this.#settled,
      inFull: this.#inFull,
      pending: this.#pending,
      snapshot: this.#snapshot,
      unchecked: this.#unchecked,
    };
  }

  static restored({ settled, inFull, pending, snapshot, unchecked }: SavedUpdates): Updates {
    const updates = new Updates();
    updates.#settled.push(...settled);
    updates.#inFull.push(...inFull);
    updates.#pending = pending;
    updates.#snapshot = snapshot;
    updates.#unchecked = unchecked;
    return updates;
  }

  /** The one to be tried next. */
  get next(): PendingUpdate | undefined {
    return this.#pending[0];
  }

  /** The one that the present version began from. */
  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /**
   * The last entry up to which results may be others than are recorded: they were returned by older code, and who asked has
   * them. 0 if all are to be the same.
   */
  get unchecked(): number {
    const { next } = this;
    return next?.anyResult === true ? next.index : this.#unchecked;
  }

  get records(): readonly UpdateRecord[] {
    const pending = this.#pending.map(({ timestamp, targetVersion }): UpdateRecord => {
      return { type: "pendingUpdate", timestamp: new Date(timestamp).toISOString(), targetVersion };
    });
    return [...this.#settled, ...pending];
  }

  /** The one by replay to a version. */
  automaticTo(targetVersion: number): PendingUpdate | undefined {
    return this.#pending.find(
      (update) => update.targetVersion === targetVersion && update.description.type === "Automatic",
    );
  }

  isPending(index: number): boolean {
    return this.#pending.some((update) => update.index === index);
  }

  isAutomaticTo(targetVersion: number): boolean {
    return this.automaticTo(targetVersion)?.waits === false;
  }

  apply(index: number, entry: UpdateEntry): void {
    const { targetVersion } = entry;
    const timestamp = new Date(entry.timestamp).toISOString();
    switch (entry.type) {
      case "PendingUpdate":
        this.#pending = [
          ...this.#pending.filter(({ waits }) => !waits),
          {
            index,
            timestamp: entry.timestamp,
            targetVersion,
            description: entry.description,
            waits: entry.waits === true,
            anyResult: entry.anyResult === true,
          },
        ];
        break;
      case "SuccessfulUpdate": {
        const update = this.#settle(targetVersion);
        this.#settled.push({ type: "successfulUpdate", timestamp, targetVersion });
        if (update?.anyResult === true) this.#unchecked = update.index;
        if (update?.description.type === "SnapshotBased")
          this.#snapshot = { index: update.index, payload: update.description.payload };
        break;
      }
      case "FailedUpdate":
        this.#settle(targetVersion);
        this.#settled.push({ type: "failedUpdate", timestamp, targetVersion, details: entry.details });
        this.#inFull.push(this.#settled.length - 1);
        if (this.#inFull.length > MOST_IN_FULL) this.#shorten(this.#inFull.shift() ?? 0);
        break;
    }
  }

  #shorten(at: number): void {
    const record = this.#settled[at];
    const firstLine = record?.details?.split("\n", 1)[0];
    if (record !== undefined && firstLine !== undefined)
      this.#settled[at] = { ...record, details: firstLine };
  }

  #settle(targetVersion: number): PendingUpdate | undefined {
    const update = this.#pending.find((each) => each.targetVersion === targetVersion);
    this.#pending = this.#pending.filter((each) => each !== update);
    return update;
  }
}
