import { statfs } from "node:fs/promises";

import { setInterval, clearInterval } from "../ground/clock/real-time.ts";

/** Milliseconds between two looks at the disk. */
const INTERVAL = 1_000;

/** Memory in which the threads see how much of the disk is free. */
export function sharedFreeDisk(): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(8);
  new Float64Array(shared)[0] = Infinity;
  return shared;
}

/** Bytes that were free at the last look. */
export function freeDisk(shared: SharedArrayBuffer): number {
  return new Float64Array(shared)[0] ?? Infinity;
}

/** Looks at the disk of a directory now and then, until it is disposed. */
export class DiskWatch implements Disposable {
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(directory: string, shared: SharedArrayBuffer) {
    const free = new Float64Array(shared);
    const look = async (): Promise<void> => {
      try {
        const { bavail, bsize } = await statfs(directory);
        free[0] = bavail * bsize;
      } catch {
        // Who writes there is told.
      }
    };
    void look();
    this.#timer = setInterval(() => void look(), INTERVAL);
    this.#timer.unref();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
