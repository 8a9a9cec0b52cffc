/** What comes of moving a worker to another version of its component. */
export type MoveOutcome = Moved | MovedLater | NotMoved;

/** It runs the version: its whole past was replayed on it, and it goes on there. */
export interface Moved {
  readonly status: "moved";
  readonly version: number;
  /** Entries of its oplog; 0 if it ran the version before. */
  readonly replayed: number;
  /** Milliseconds from the begin of its instance to the end of the replay. */
  readonly ms: number;
}

/** It is moved when it next wakes, in another process if need be: that is noted in its oplog. */
export interface MovedLater {
  readonly status: "later";
  /** That it has until then. */
  readonly version: number;
  /** Why not now, a clause: `it has no instance`. */
  readonly because: string;
}

/** It goes on with its old version, and has lost nothing. */
export interface NotMoved {
  readonly status: "stays";
  /** That it has. */
  readonly version: number;
  readonly reason: ReplayDifference | MoveFailure;
}

/** Why a worker could not be moved, where its oplog has nothing to do with it. */
export interface MoveFailure {
  /** In full. */
  readonly message: string;
}

/** Something that a replay does, or that an oplog has. */
export interface ReplayStep {
  /** One line: `a call of golem keyvalue::eventual::set`. */
  readonly summary: string;
  /** As it is recorded; absent for what is neither a call nor an invocation. */
  readonly function?: string;
  /** What it was given, as a text of at most 2,000 characters; absent if that is nothing or not known. */
  readonly request?: string;
  /** What it was answered, or what an invocation returned. Otherwise as `request`. */
  readonly response?: string;
}

/** The new code does something else than what is recorded. */
export interface ReplayDifference {
  /** All of it, as it is in the worker's record of the update. */
  readonly message: string;
  /** Index of the entry that does not fit. */
  readonly index: number;
  /** The last entry that still fits: a fork that is cut off there can go on with the new code. */
  readonly lastFitting: number;
  /** Of the invocation in which it is. */
  readonly invocation?: { readonly function: string; readonly idempotencyKey: string };
  readonly recorded: ReplayStep;
  /** A trap is one, too. */
  readonly attempted: ReplayStep;
  /** Where a result differs: `carts.tea[2].at`; empty for all of it. */
  readonly where?: string;
  /**
   * The stack as it is at the attempted call, a frame a line: for a guest whose functions are those of its core modules. Of
   * one that is run by an engine, what it wrote to its standard error in the invocation.
   */
  readonly stack?: string;
}
