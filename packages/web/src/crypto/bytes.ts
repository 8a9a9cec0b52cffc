/** Bytes of one's own. */
export type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A copy of what a caller gave, so that it cannot change meanwhile; of any realm.
 *
 * @throws TypeError
 */
export function bytesOf(source: unknown, what: string): Bytes {
  if (ArrayBuffer.isView(source)) {
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice();
  }
  if (isBuffer(source)) return new Uint8Array(source).slice();
  throw new TypeError(
    `${what} is no bytes, but ${Object.prototype.toString.call(source)}. Give an ArrayBuffer or a Uint8Array.`,
  );
}

function isBuffer(value: unknown): value is ArrayBuffer {
  const tag = Object.prototype.toString.call(value);
  return tag === "[object ArrayBuffer]" || tag === "[object SharedArrayBuffer]";
}

/** The same bytes, in a buffer that holds nothing else. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Takes the same time wherever they differ. */
export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [at, byte] of a.entries()) difference |= byte ^ (b[at] ?? 0);
  return difference === 0;
}

/** Recorded, and the same when a worker is replayed. */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

export function toInteger(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** @param length in bytes; the shortest unless given */
export function fromInteger(value: bigint, length?: number): Bytes {
  const digits = value.toString(16);
  const hex = digits.padStart(length === undefined ? digits.length + (digits.length % 2) : length * 2, "0");
  return Uint8Array.from({ length: hex.length / 2 }, (_, at) =>
    Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16),
  );
}
