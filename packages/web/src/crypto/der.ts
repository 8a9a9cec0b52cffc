import { type Bytes, concat, fromInteger, toInteger } from "./bytes.ts";

/** Types of DER values. */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT_IDENTIFIER = 0x06;
const SEQUENCE = 0x30;

export const NULL = Uint8Array.of(0x05, 0x00);

/** @param tag of an explicit or constructed type, as it is written: `0xa1` for `[1]` */
export function der(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  const content = concat(...contents);
  const { length } = content;
  if (length < 0x80) return concat(Uint8Array.of(tag, length), content);
  const size = fromInteger(BigInt(length));
  return concat(Uint8Array.of(tag, 0x80 | size.length), size, content);
}

export const sequence = (...contents: readonly Uint8Array[]): Bytes => der(SEQUENCE, ...contents);
export const octets = (...contents: readonly Uint8Array[]): Bytes => der(OCTET_STRING, ...contents);
export const bits = (...contents: readonly Uint8Array[]): Bytes =>
  der(BIT_STRING, Uint8Array.of(0), ...contents);

/** @param value 0 or more */
export function integer(value: bigint): Bytes {
  const bytes = fromInteger(value);
  return (bytes[0] ?? 0) >= 0x80 ? der(INTEGER, Uint8Array.of(0), bytes) : der(INTEGER, bytes);
}

/** @param hex the identifier's content: `2b6570` for 1.3.101.112 */
export function identifier(hex: string): Bytes {
  return der(OBJECT_IDENTIFIER, fromInteger(BigInt(`0x${hex}`), hex.length / 2));
}

/** Reads DER values one after the other. What is not as it has to be is an Error. */
export class DerReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Whether the next value has a type. */
  isNext(tag: number): boolean {
    return this.#bytes[this.#at] === tag;
  }

  read(tag: number): Uint8Array {
    if (!this.isNext(tag)) throw new Error(`it has no value of type ${tag} at byte ${this.#at}`);
    this.#at += 1;
    const length = this.#length();
    const content = this.#bytes.subarray(this.#at, this.#at + length);
    if (content.length !== length) throw new Error("it is cut off");
    this.#at += length;
    return content;
  }

  sequence(): DerReader {
    return new DerReader(this.read(SEQUENCE));
  }

  octets(): Uint8Array {
    return this.read(OCTET_STRING);
  }

  bits(): Uint8Array {
    const content = this.read(BIT_STRING);
    if (content[0] !== 0) throw new Error("its bits are no whole bytes");
    return content.subarray(1);
  }

  integer(): bigint {
    return toInteger(this.read(INTEGER));
  }

  /** The content of an identifier, in hex. */
  identifier(): string {
    return Array.from(this.read(OBJECT_IDENTIFIER), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  end(): void {
    if (!this.isAtEnd) throw new Error("something follows its end");
  }

  #length(): number {
    const first = this.#byte();
    if (first < 0x80) return first;
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new Error("a length is not as DER writes it");
    let length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + this.#byte();
    return length;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new Error("it is cut off");
    this.#at += 1;
    return byte;
  }
}
