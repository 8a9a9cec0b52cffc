/** An `incoming-value` of the key-value store: its content can be taken once. */
export class IncomingValue {
  readonly size: number;
  #content: Uint8Array;

  constructor(content: Uint8Array, size = content.length) {
    this.#content = content;
    this.size = size;
  }

  /** What was not taken yet. */
  get content(): Uint8Array {
    return this.#content;
  }

  take(): Uint8Array {
    const content = this.#content;
    this.#content = new Uint8Array();
    return content;
  }
}
