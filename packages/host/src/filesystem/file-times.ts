import type { BigIntStats } from "node:fs";

/** Nanoseconds since the epoch. */
export interface Times {
  readonly accessed: bigint;
  readonly modified: bigint;
}

/** How the operating system is told: in seconds. */
export type SetTimes = (accessed: number, modified: number) => void;

interface Known {
  readonly stored: Times;
  readonly told: Times;
}

/**
 * Times of files, exact to the nanosecond: what was set is remembered as long as the file has what became of it on its
 * way through floating-point seconds and the file system's own resolution.
 */
export class FileTimes {
  readonly #known = new Map<bigint, Known>();

  of(stat: BigIntStats): Times {
    const stored = timesOf(stat);
    const known = this.#known.get(stat.ino);
    if (known === undefined) return stored;
    return {
      accessed: known.stored.accessed === stored.accessed ? known.told.accessed : stored.accessed,
      modified: known.stored.modified === stored.modified ? known.told.modified : stored.modified,
    };
  }

  /** @param stat gives the file's present state */
  set(times: Times, stat: () => BigIntStats, setTimes: SetTimes): void {
    setTimes(seconds(times.accessed), seconds(times.modified));
    const after = stat();
    this.#known.set(after.ino, { stored: timesOf(after), told: times });
  }
}

function timesOf(stat: BigIntStats): Times {
  return { accessed: stat.atimeNs, modified: stat.mtimeNs };
}

function seconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / 1e9;
}
