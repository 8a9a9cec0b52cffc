/** An `outgoing-value` of the key-value and blob stores: what was written to it so far. */
export class OutgoingValue {
  #chunks: Uint8Array[] = [];

  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
  }

  content(): Uint8Array {
    const [only] = this.#chunks;
    if (only !== undefined && this.#chunks.length === 1) return only;
    const content = new Uint8Array(Buffer.concat(this.#chunks));
    this.#chunks = [content];
    return content;
  }
}
