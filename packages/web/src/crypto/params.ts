import { type Bytes, bytesOf } from "./bytes.ts";
import { CryptoKey } from "./crypto-key.ts";
import type { HashName } from "./hash-name.ts";
import { hashNamed } from "./hashes.ts";
import { webError } from "./web-error.ts";

/** What a caller says of an algorithm: its name, and what it takes. */
export class Params {
  readonly name: string;
  readonly #members: Readonly<Record<string, unknown>>;

  /** @throws TypeError for what is neither a name nor has one */
  constructor(input: unknown) {
    this.#members = typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
    const name = typeof input === "string" ? input : this.#members["name"];
    if (typeof name !== "string") {
      throw new TypeError("the algorithm has no name. Give `{ name: … }`, or the name alone.");
    }
    this.name = name;
  }

  has(member: string): boolean {
    return this.#members[member] !== undefined;
  }

  bytes(member: string): Bytes {
    return bytesOf(this.#required(member), `${this.name}'s \`${member}\``);
  }

  optionalBytes(member: string): Bytes {
    return this.has(member) ? this.bytes(member) : new Uint8Array();
  }

  /** A whole number, 0 or more, below 2^32. */
  integer(member: string): number {
    const value = Number(this.#required(member));
    if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
    throw new TypeError(`${this.name}'s \`${member}\` is ${value}. Give a whole number below 2^32.`);
  }

  text(member: string): string {
    return String(this.#required(member));
  }

  get hash(): HashName {
    return hashNamed(new Params(this.#required("hash")).name);
  }

  /** The other's public key, of the same algorithm. */
  publicKey(): CryptoKey {
    const key = this.#required("public");
    if (!CryptoKey.isKey(key)) throw new TypeError(`${this.name}'s \`public\` is no CryptoKey`);
    if (key.type !== "public" || key.algorithm.name !== this.name) {
      throw webError(
        "InvalidAccessError",
        `${this.name}'s \`public\` is a ${key.type} key of ${key.algorithm.name}. Give a public key of ${this.name}.`,
      );
    }
    return key;
  }

  #required(member: string): unknown {
    const value = this.#members[member];
    if (value === undefined) throw new TypeError(`${this.name} wants \`${member}\``);
    return value;
  }
}
