import type { PublicOplogEntries } from "./public-oplog.ts";
import type { WorkerId } from "./worker-id.ts";

/** Where a worker loses its instance. */
export type CrashPoint =
  /** When the oplog entry with this index is written, or the first after it that a replay takes or that is a log line. */
  (
    | { readonly afterEntry: number }
    /** When the guest calls what is recorded under this name, e.g. `golem keyvalue::eventual::set`, before anything is done. */
    | { readonly beforeCall: string }
  ) & {
    /**
     * True: what the oplog has not committed is lost with the instance, as if the process died; who waits for an invocation that
     * is lost so asks for it again, under the same key. @default false
     */
    readonly losesUncommitted?: boolean;
  };

/** What came of replaying an oplog. */
export type ReplayReport =
  | { readonly replays: true; readonly lastIndex: number }
  | {
      readonly replays: false;
      /** Index of the entry that does not fit. */
      readonly index: number;
      /** What the component does there. */
      readonly expected: string;
      /** What the oplog has there. */
      readonly found: string;
      /** The same as a text, with the entries around. */
      readonly message: string;
    };

/** What all workers share, as it is at a moment. */
export interface SharedContents {
  /** Values by bucket and key, keys in the order of their bytes. */
  readonly keyValue: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
  /** Contents by container and object, objects in the order of their bytes. */
  readonly blobs: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>;
}

/** How a call fails for a caller that records its failure: cases of WIT's `golem:rpc/types` `rpc-error`. */
export type CallErrorTag = "not-found" | "protocol-error" | "remote-internal-error";

/**
 * What goes wrong with a call of another worker:
 *
 * - `disconnect`: it does not arrive. The caller's attempt fails, and its next one makes the call again.
 * - `lose-answer`: it is carried out, but the caller is not told. Its next attempt makes the call again, under the same
 *   idempotency key: it is not carried out a second time.
 * - `error`: it does not arrive, and the caller records this `rpc-error`: an awaited call traps, the raw interface returns it.
 * - `until`: it arrives when this promise settles.
 *
 * A scheduled call that is lost is made again a second later; one that meets an `error` never is.
 */
export type CallFault =
  | "disconnect"
  | "lose-answer"
  | { readonly error: CallErrorTag; readonly message?: string }
  | { readonly until: Promise<unknown> };

/** Which calls a fault meets. */
export interface PlannedCalls {
  /** How many of them, at least 1. @default 1 */
  readonly times?: number;
  /** In full, as callers name it: `shop:orders-exports/api.{place}`. @default any */
  readonly function?: string;
}

/** What a test does to a host that the world does to a server. Nothing of it is durable. */
export interface Simulation {
  /**
   * Lets a worker, which need not exist yet, lose its instance at a point; it recovers at once. Arranged when the call
   * returns.
   *
   * @returns true when that has happened; false when it never will, since the worker is deleted
   */
  crash(id: WorkerId, point: CrashPoint): Promise<boolean>;
  /**
   * Lets the next calls of other workers to this one, which need not exist yet, go wrong; faults come one after the other.
   * Calls of the test itself are not affected.
   */
  failCalls(id: WorkerId, fault: CallFault, calls?: PlannedCalls): Promise<void>;
  /**
   * Resolves when nothing moves by itself: every worker is idle, over, or waits for time, a promise or such a worker.
   * What waits for a connection or a socket is waited for, until it has done so for two seconds.
   *
   * @throws Error with the names of workers that run for as long as `HostOptions.patience` says, and nothing happens
   */
  settled(): Promise<void>;
  /**
   * Removes all workers, also those whose guests never yield, what they share, promises and the schedule. Components stay.
   * Who waits for a worker is told that it was interrupted.
   */
  reset(): Promise<void>;
  /**
   * From now on images of workers are kept after so many oplog entries, 0: each time that one rests; `undefined`: no more are.
   * Those that there are stay. A host with `recovery: "replay"` keeps none.
   */
  keepImages(after: number | undefined): Promise<void>;
  contents(): SharedContents;
  /** The promises that a worker has made and not deleted, completed or not: their indexes in its oplog, oldest first. */
  promises(id: WorkerId): readonly number[];
  /**
   * Replays a worker's oplog on a fresh instance, beside the worker, which goes on as it does.
   *
   * @throws GolemError `WorkerNotFound`; `InvalidRequest` for an ephemeral one
   */
  replay(id: WorkerId): Promise<ReplayReport>;
  /**
   * Replays an oplog of another place or another build of the component: under the name and with the environment of the
   * worker whose it was, by its `Create` entry.
   *
   * @throws OplogEntryError for what cannot be replayed out of a public oplog
   */
  replayOn(componentId: string, version: number, entries: PublicOplogEntries): Promise<ReplayReport>;
  readonly clock: SimulatedClock;
}

/** A worker that waits for time. */
export interface WorkerWait {
  readonly workerId: WorkerId;
  /** Until when, in milliseconds since the epoch. */
  readonly until: number;
}

/**
 * The host's clock, which guests, schedules, retries and time-outs follow. It goes on by itself, and can be moved on, but
 * only while nothing moves by itself: who waits for time has the time that it waited for.
 */
export interface SimulatedClock {
  /** Milliseconds since the epoch, with fractions. */
  now(): number;
  /** Milliseconds that it is ahead of the machine's clock. */
  readonly ahead: number;
  /**
   * Lets time pass; what is due meanwhile happens in its order.
   *
   * @throws Error if the host does not come to rest, or if something is due again and again: with the names of the workers
   */
  advance(milliseconds: number): Promise<void>;
  /**
   * Lets time pass until nobody waits for it any more, for 20 s of the machine's time at most.
   *
   * @throws as {@link advance}
   */
  runUntilIdle(): Promise<void>;
  /** Those that wait for time: sleep, or wait for something else that long at most. */
  waits(): Promise<readonly WorkerWait[]>;
}
