/** Characters that are kept: the last ones. */
const KEPT = 65_536;

/** What a guest wrote to its standard error, for the message of a failure; of much the end. */
export class StandardError {
  #text = "";

  /** A new invocation begins. */
  clear(): void {
    this.#text = "";
  }

  write(text: string): void {
    this.#text += text;
    // Not at every write, for it costs a copy.
    if (this.#text.length > 2 * KEPT) this.#text = this.text;
  }

  get text(): string {
    return this.#text.slice(-KEPT);
  }
}
