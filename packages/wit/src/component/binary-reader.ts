import { ComponentDecodeError } from "./component-decode-error.ts";
import { isLabel } from "./extern-name.ts";

/** How deep components and types may nest; deeper is refused, long before the stack would overflow. */
const maximumDepth = 100;

const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A section of a component or of a core module. */
export interface BinarySection {
  readonly id: number;
  readonly content: BinaryReader;
  /** Offset behind it, from the start of all bytes. */
  readonly end: number;
}

/**
 * Reads the elements of the binary format from a window of the bytes, without copying them.
 *
 * Every method advances past what it returns, and throws {@link ComponentDecodeError} when that reaches beyond the window.
 */
export class BinaryReader {
  readonly #bytes: Uint8Array;
  readonly #depth: number;
  #position: number;
  readonly #end: number;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length, depth = 0) {
    this.#bytes = bytes;
    this.#position = position;
    this.#end = end;
    this.#depth = depth;
  }

  /** Offset of the next byte, from the start of all bytes. */
  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.#end - this.#position;
  }

  get atEnd(): boolean {
    return this.remaining === 0;
  }

  byte(): number {
    const value = this.#position < this.#end ? this.#bytes[this.#position] : undefined;
    if (value === undefined) throw this.malformed("it ends in the middle of a definition");
    this.#position += 1;
    return value;
  }

  u32(): number {
    const at = this.#position;
    const { value } = this.#leb128();
    if (value > 0xffff_ffff) throw this.malformed("an unsigned number has more than 32 bits", at);
    return value;
  }

  s33(): number {
    const { value, scale, last } = this.#leb128();
    return (last & 0x40) === 0 ? value : value - scale;
  }

  name(): string {
    const at = this.#position;
    const length = this.u32();
    const start = this.#position;
    this.skip(length);
    try {
      return text.decode(this.#bytes.subarray(start, start + length));
    } catch {
      throw this.malformed("a name is not UTF-8 text", at);
    }
  }

  /** A kebab-case name of a field, a case, a flag or a parameter. */
  label(): string {
    const at = this.#position;
    const name = this.name();
    if (!isLabel(name)) throw this.malformed(`${JSON.stringify(name)} is not a kebab-case name`, at);
    return name;
  }

  /** A counted sequence. */
  vector<T>(element: () => T): T[] {
    const at = this.#position;
    const count = this.u32();
    if (count > this.remaining) {
      throw this.malformed(`a list claims ${count} elements, more than the bytes that are left`, at);
    }
    return Array.from({ length: count }, element);
  }

  optional<T>(element: () => T): T | null {
    const at = this.#position;
    const flag = this.byte();
    if (flag === 0) return null;
    if (flag === 1) return element();
    throw this.malformed(`0x${hex(flag)} where 0x00 (absent) or 0x01 (present) should be`, at);
  }

  skip(length: number): void {
    if (length > this.remaining) {
      throw this.malformed(`it is cut short: ${length} bytes should follow, ${this.remaining} are left`);
    }
    this.#position += length;
  }

  /** A reader of the next `length` bytes, which this reader skips. */
  window(length: number): BinaryReader {
    const start = this.#position;
    this.skip(length);
    return new BinaryReader(this.#bytes, start, start + length, this.#depth);
  }

  /** The sections up to the end of the window, after a preamble. Their contents are read by readers of their own. */
  *sections(): Generator<BinarySection, void, undefined> {
    while (!this.atEnd) {
      const id = this.byte();
      const content = this.window(this.u32());
      yield { id, content, end: this.#position };
    }
  }

  /** A reader from the same position that is one level deeper, and whose progress is this reader's once `read` is done. */
  nested<T>(read: (reader: BinaryReader) => T): T {
    if (this.#depth >= maximumDepth)
      throw this.unsupported(`definitions nest more than ${maximumDepth} deep`);
    const inner = new BinaryReader(this.#bytes, this.#position, this.#end, this.#depth + 1);
    const result = read(inner);
    this.#position = inner.position;
    return result;
  }

  malformed(reason: string, at = this.#position): ComponentDecodeError {
    return new ComponentDecodeError("malformed", reason, at);
  }

  unsupported(reason: string, at = this.#position): ComponentDecodeError {
    return new ComponentDecodeError("unsupported", reason, at);
  }

  #leb128(): { value: number; scale: number; last: number } {
    const at = this.#position;
    let value = 0;
    let scale = 1;
    for (let length = 1; length <= 5; length += 1) {
      const last = this.byte();
      value += (last & 0x7f) * scale;
      scale *= 128;
      if (last < 0x80) return { value, scale, last };
    }
    throw this.malformed("a number takes more than 5 bytes", at);
  }
}

/** Two hexadecimal digits, as the specification writes opcodes. */
export function hex(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}
