/** Something that a guest can wait for (wasi:io/poll). */
export interface Pollable {
  ready(): boolean;
  /** Resolves when `ready` may have become true; `undefined` for one that only time makes ready. */
  readonly change?: (() => Promise<void>) | undefined;
  /** True if only another worker brings its change about. @default false */
  readonly awaitsWorker?: boolean;
  /** True if its change wakes the worker even if that has left memory. @default false */
  readonly wakesWorker?: boolean;
  /** When time makes it ready: nanoseconds since the epoch. */
  readonly deadline?: bigint | undefined;
  /** True if a time has come, and the guest was not told so yet. @default false */
  readonly isNews?: boolean;
  /** The guest was told that it is ready, now or in what is replayed. */
  readonly told?: () => void;
  /**
   * A replay does again what makes it ready, and the guest goes on when that has happened, as it did at first.
   *
   * @default false: what comes of it is in the oplog
   */
  readonly happensAgain?: boolean;
}

/** Ready from the start. */
export const READY: Pollable = { ready: () => true };
