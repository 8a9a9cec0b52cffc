import { hkdf as nobleHkdf } from "@noble/hashes/hkdf.js";
import { pbkdf2 as noblePbkdf2 } from "@noble/hashes/pbkdf2.js";
import type { Algorithm, KeyData } from "../algorithm.ts";
import type { KeyParts } from "../crypto-key.ts";
import { secretOf } from "../crypto-key.ts";
import { hashOf } from "../hashes.ts";
import type { Params } from "../params.ts";
import { wrongFormat } from "../secret-keys.ts";
import { operation, webError } from "../web-error.ts";

const USAGES: readonly KeyUsage[] = ["deriveKey", "deriveBits"];

export const pbkdf2: Algorithm = {
  name: "PBKDF2",
  usages: { secret: USAGES },
  import: (data) => importSecret("PBKDF2", data),
  derive(params, key, length) {
    const bytes = bytesOfLength(params, length);
    const iterations = params.integer("iterations");
    if (iterations === 0) throw webError("OperationError", "PBKDF2's `iterations` is 0. Give 1 or more.");
    if (bytes === 0) return new Uint8Array();
    return noblePbkdf2(hashOf(params.hash), secretOf(key), params.bytes("salt"), {
      c: iterations,
      dkLen: bytes,
    });
  },
  keyLength: () => undefined,
};

export const hkdf: Algorithm = {
  name: "HKDF",
  usages: { secret: USAGES },
  import: (data) => importSecret("HKDF", data),
  derive(params, key, length) {
    const bytes = bytesOfLength(params, length);
    const { hash } = params;
    const [salt, info] = [params.bytes("salt"), params.bytes("info")];
    if (bytes === 0) return new Uint8Array();
    return operation("HKDF's deriveBits", () => nobleHkdf(hashOf(hash), secretOf(key), salt, info, bytes));
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
