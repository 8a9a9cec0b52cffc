const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Reads the primitives of the WebAssembly binary format from `[position, end)`; never beyond. */
export class WasmReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #position: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#position = start;
    this.#end = end;
  }

  /** Offset of the next byte, from the start of all bytes. */
  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.#end - this.#position;
  }

  byte(): number {
    const value = this.#position < this.#end ? this.#bytes[this.#position] : undefined;
    if (value === undefined) throw this.#tooShort();
    this.#position++;
    return value;
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  u32(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error(`A number before byte ${this.#position} has more than 32 bits`);
  }

  name(): string {
    return this.window(this.u32()).rest();
  }

  /** All that is left, as text. */
  rest(): string {
    return UTF8.decode(this.#bytes.subarray(this.#position, this.#end));
  }

  vector<T>(element: () => T): T[] {
    const items: T[] = [];
    for (let count = this.u32(); count > 0; count--) items.push(element());
    return items;
  }

  /** A reader of the next `size` bytes, which this one skips. */
  window(size: number): WasmReader {
    const start = this.#position;
    if (size > this.#end - start) throw this.#tooShort();
    this.#position += size;
    return new WasmReader(this.#bytes, start, this.#position);
  }

  /** The sections up to the end, and where each ends. Contents are not copied. */
  *sections(): Generator<{ readonly id: number; readonly content: WasmReader; readonly end: number }> {
    while (this.#position < this.#end) {
      const id = this.byte();
      yield { id, content: this.window(this.u32()), end: this.#position };
    }
  }

  #tooShort(): Error {
    return new Error(`The file is cut short at byte ${this.#position}`);
  }
}
