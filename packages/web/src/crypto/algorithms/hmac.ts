import type { Algorithm } from "../algorithm.ts";
import { type Bytes, isEqual, randomBytes } from "../bytes.ts";
import { type CryptoKey, hashNameOf, type KeyParts, secretOf } from "../crypto-key.ts";
import { engineMac } from "../engine-digest.ts";
import type { HashName } from "../hash-name.ts";
import { hashOf } from "../hashes.ts";
import type { Params } from "../params.ts";
import { checkAlg, readSecret, writeSecret } from "../secret-keys.ts";
import { webError } from "../web-error.ts";

export const hmac: Algorithm = {
  name: "HMAC",
  usages: { secret: ["sign", "verify"] },
  generate: (params) => {
    const length = lengthOf(params);
    return partsOf(shortened(randomBytes(Math.ceil(length / 8)), length), params.hash, length);
  },
  import(data, params) {
    const bytes = readSecret(data, "HMAC");
    checkAlg(data, algOf(params.hash));
    const length = params.has("length") ? params.integer("length") : bytes.length * 8;
    if (bytes.length === 0 || Math.ceil(length / 8) !== bytes.length) {
      throw webError("DataError", `an HMAC key of ${length} bits does not have ${bytes.length} bytes`);
    }
    return partsOf(shortened(bytes, length), params.hash, length);
  },
  export: (format, key) => writeSecret(format, key, algOf(hashNameOf(key))),
  sign: (_, key, data) => macOf(key, data),
  verify: async (_, key, signature, data) => isEqual(await macOf(key, data), signature),
  keyLength: lengthOf,
};

async function macOf(key: CryptoKey, data: Bytes): Promise<Bytes> {
  const mac = await engineMac(hashNameOf(key), secretOf(key));
  return mac(data);
}

/** Bits: as many as a block of the hash has, unless given. */
function lengthOf(params: Params): number {
  if (!params.has("length")) return hashOf(params.hash).blockLen * 8;
  const length = params.integer("length");
  if (length === 0) throw webError("OperationError", "an HMAC key has more than 0 bits");
  return length;
}

/** Bits beyond the length are 0. */
function shortened(bytes: Bytes, length: number): Bytes {
  const spare = bytes.length * 8 - length;
  const last = bytes.length - 1;
  if (spare > 0) bytes[last] = (bytes[last] ?? 0) & (0xff << spare);
  return bytes;
}

function partsOf(bytes: Bytes, hash: HashName, length: number): KeyParts {
  const algorithm = { name: "HMAC", hash: { name: hash }, length };
  return { type: "secret", algorithm, material: { kind: "secret", bytes } };
}

function algOf(hash: HashName): string {
  return `HS${hash.slice("SHA-".length)}`;
}
