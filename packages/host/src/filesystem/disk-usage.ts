/** So many bytes may be written before what is there is measured again. */
const STEP = 16 * 2 ** 20;

/** What making a file, a directory or a link takes, about: the system counts in blocks. */
const ENTRY = 4_096;

/** About what a file system takes on the disk: measured, and since then estimated by what was written. */
export class DiskUsage {
  readonly #measure: () => number;
  #measured = 0;
  #since = 0;

  /** @param measure bytes; costs a look at each file */
  constructor(measure: () => number) {
    this.#measure = measure;
  }

  /** So many bytes are written. */
  wrote(bytes: number): void {
    this.#since += bytes;
  }

  /** Something new has a name. */
  made(): void {
    this.#since += ENTRY;
  }

  /** Bytes; at most what was written since the last measurement too much. */
  get bytes(): number {
    if (this.#since >= STEP) {
      this.#measured = this.#measure();
      this.#since = 0;
    }
    return this.#measured + this.#since;
  }

  /** Bytes, exactly. */
  remeasured(): number {
    this.#measured = this.#measure();
    this.#since = 0;
    return this.#measured;
  }
}
