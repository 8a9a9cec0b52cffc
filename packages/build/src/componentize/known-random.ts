import { createHash } from "node:crypto";

/** Random bytes that are the same for the same seed, on every machine. */
export class KnownRandom {
  readonly #seed: string;
  #count = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  draw(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 32) {
      const block = createHash("sha256").update(`${this.#count}:${this.#seed}`).digest();
      this.#count += 1;
      bytes.set(block.subarray(0, bytes.length - at), at);
    }
  }
}
