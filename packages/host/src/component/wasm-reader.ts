const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** Bytes that are not what the WebAssembly binary format demands; `offset` counts from the start of the file. */
export class WasmFormatError extends Error {
  override readonly name = "WasmFormatError" as const;
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(`${message} at offset ${offset}`);
    this.offset = offset;
  }
}

/** Reads the primitives of the WebAssembly binary format from `[position, end)`; never beyond. */
export class WasmReader {
  readonly bytes: Uint8Array;
  readonly end: number;
  #position: number;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes;
    this.#position = start;
    this.end = end;
  }

  get position(): number {
    return this.#position;
  }

  get done(): boolean {
    return this.#position >= this.end;
  }

  byte(): number {
    const value = this.#position < this.end ? this.bytes[this.#position] : undefined;
    if (value === undefined) throw new WasmFormatError("The file ends too early", this.#position);
    this.#position++;
    return value;
  }

  /** An unsigned LEB128 number of at most 32 bits. */
  u32(): number {
    const start = this.#position;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        if (value > 0xffff_ffff) break;
        return value;
      }
    }
    throw new WasmFormatError("A number is too large", start);
  }

  name(): string {
    const start = this.#position;
    try {
      return UTF8.decode(this.#take(this.u32()));
    } catch (error) {
      if (error instanceof WasmFormatError) throw error;
      throw new WasmFormatError("A name is not UTF-8", start);
    }
  }

  vector<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let count = this.u32(); count > 0; count--) items.push(read());
    return items;
  }

  /** A reader of the next `size` bytes, which this one skips. */
  sub(size: number): WasmReader {
    const start = this.#position;
    this.#take(size);
    return new WasmReader(this.bytes, start, start + size);
  }

  #take(size: number): Uint8Array {
    const start = this.#position;
    if (size > this.end - start) throw new WasmFormatError("The file ends too early", start);
    this.#position += size;
    return this.bytes.subarray(start, this.#position);
  }
}

export type WasmLayer = "core module" | "component";

/** Consumes the eight bytes that every WebAssembly file begins with. */
export function readPreamble(reader: WasmReader): WasmLayer {
  const start = reader.position;
  const isWasm = [0x00, 0x61, 0x73, 0x6d].every((expected) => !reader.done && reader.byte() === expected);
  if (!isWasm) throw new WasmFormatError("The file is not WebAssembly: it does not begin with \\0asm", start);
  const version = reader.byte() | (reader.byte() << 8);
  const layer = reader.byte() | (reader.byte() << 8);
  if (layer === 0 && version === 1) return "core module";
  if (layer === 1 && version === 0x0d) return "component";
  throw new WasmFormatError(`WebAssembly version ${version}, layer ${layer} is not known`, start + 4);
}

export interface WasmSection {
  readonly id: number;
  readonly content: WasmReader;
}

/** The sections that follow the preamble. Contents are not copied. */
export function* readSections(reader: WasmReader): Generator<WasmSection> {
  while (!reader.done) {
    const id = reader.byte();
    yield { id, content: reader.sub(reader.u32()) };
  }
}
