import type { Algorithm, KeyData } from "../algorithm.ts";
import { type Bytes, concat, fromInteger } from "../bytes.ts";
import type { KeyParts } from "../crypto-key.ts";
import { secretOf } from "../crypto-key.ts";
import { engineMac } from "../engine-digest.ts";
import { hashOf } from "../hashes.ts";
import type { Params } from "../params.ts";
import { wrongFormat } from "../secret-keys.ts";
import { webError } from "../web-error.ts";

const USAGES: readonly KeyUsage[] = ["deriveKey", "deriveBits"];

/** RFC 8018. */
export const pbkdf2: Algorithm = {
  name: "PBKDF2",
  usages: { secret: USAGES },
  import: (data) => importSecret("PBKDF2", data),
  async derive(params, key, length) {
    const bytes = bytesOfLength(params, length);
    const { hash } = params;
    const [salt, iterations] = [params.bytes("salt"), params.integer("iterations")];
    if (iterations === 0) throw webError("OperationError", "PBKDF2's `iterations` is 0. Give 1 or more.");
    const mac = await engineMac(hash, secretOf(key));
    const blocks: Bytes[] = [];
    for (let index = 1; blocks.length * hashOf(hash).outputLen < bytes; index += 1) {
      let last = await mac(concat(salt, fromInteger(BigInt(index), 4)));
      const block = last.slice();
      for (let iteration = 1; iteration < iterations; iteration += 1) {
        last = await mac(last);
        for (const [at, byte] of last.entries()) block[at] = (block[at] ?? 0) ^ byte;
      }
      blocks.push(block);
    }
    return concat(...blocks).subarray(0, bytes);
  },
  keyLength: () => undefined,
};

/** RFC 5869. */
export const hkdf: Algorithm = {
  name: "HKDF",
  usages: { secret: USAGES },
  import: (data) => importSecret("HKDF", data),
  async derive(params, key, length) {
    const bytes = bytesOfLength(params, length);
    const { hash } = params;
    const [salt, info] = [params.bytes("salt"), params.bytes("info")];
    const { outputLen } = hashOf(hash);
    if (bytes > 255 * outputLen) {
      throw webError(
        "OperationError",
        `HKDF derives at most ${255 * outputLen * 8} bits with ${hash}, not ${bytes * 8}`,
      );
    }
    const extract = await engineMac(hash, salt);
    const expand = await engineMac(hash, await extract(secretOf(key)));
    const blocks: Bytes[] = [];
    while (blocks.length * outputLen < bytes) {
      const index = Uint8Array.of(blocks.length + 1);
      blocks.push(await expand(concat(blocks.at(-1) ?? new Uint8Array(), info, index)));
    }
    return concat(...blocks).subarray(0, bytes);
  },
  keyLength: () => undefined,
};

function bytesOfLength(params: Params, length: number | undefined): number {
  if (length !== undefined && length % 8 === 0) return length / 8;
  throw webError("OperationError", `${params.name} derives whole bytes, not ${String(length)} bits`);
}

function importSecret(name: string, data: KeyData): KeyParts {
  if (data.format !== "raw") throw wrongFormat(data.format, name, "raw");
  return { type: "secret", algorithm: { name }, material: { kind: "secret", bytes: data.bytes } };
}
