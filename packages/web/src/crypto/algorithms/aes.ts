import { aeskw, cbc, ctr, gcm } from "@noble/ciphers/aes.js";
import type { Algorithm } from "../algorithm.ts";
import { type Bytes, concat, fromInteger, isEqual, randomBytes, toInteger } from "../bytes.ts";
import { type CryptoKey, type KeyParts, secretOf } from "../crypto-key.ts";
import type { Params } from "../params.ts";
import { checkAlg, readSecret, writeSecret } from "../secret-keys.ts";
import { operation, webError } from "../web-error.ts";

type Mode = "CBC" | "CTR" | "GCM" | "KW";

const BLOCK = 16;
const LENGTHS: ReadonlySet<number> = new Set([128, 192, 256]);
const TAG_LENGTHS: readonly number[] = [32, 64, 96, 104, 112, 120, 128];

export const aesCbc: Algorithm = {
  ...common("CBC", ["encrypt", "decrypt", "wrapKey", "unwrapKey"]),
  encrypt: (params, key, data) => cbc(secretOf(key), vector(params, "iv")).encrypt(data),
  decrypt: (params, key, data) => {
    const iv = vector(params, "iv");
    return operation("AES-CBC's decrypt", () => cbc(secretOf(key), iv).decrypt(data));
  },
};

export const aesCtr: Algorithm = {
  ...common("CTR", ["encrypt", "decrypt", "wrapKey", "unwrapKey"]),
  encrypt: applyCounter,
  decrypt: applyCounter,
};

export const aesGcm: Algorithm = {
  ...common("GCM", ["encrypt", "decrypt", "wrapKey", "unwrapKey"]),
  encrypt(params, key, data) {
    const { cipher, tagBytes } = gcmOf(params, key);
    const sealed = operation("AES-GCM's encrypt", () => cipher().encrypt(data));
    return sealed.subarray(0, data.length + tagBytes);
  },
  decrypt(params, key, data) {
    const { cipher, tagBytes } = gcmOf(params, key);
    return operation("AES-GCM's decrypt", () => {
      if (tagBytes === BLOCK) return cipher().decrypt(data);
      return openShortTag(cipher, data, tagBytes);
    });
  },
};

export const aesKw: Algorithm = {
  ...common("KW", ["wrapKey", "unwrapKey"]),
  wrap: (_, key, data) => operation("AES-KW's wrapKey", () => aeskw(secretOf(key)).encrypt(data)),
  unwrap: (_, key, data) => operation("AES-KW's unwrapKey", () => aeskw(secretOf(key)).decrypt(data)),
};

function common(mode: Mode, usages: readonly KeyUsage[]) {
  const name = `AES-${mode}`;
  const partsOf = (bytes: Bytes): KeyParts => ({
    type: "secret",
    algorithm: { name, length: bytes.length * 8 },
    material: { kind: "secret", bytes },
  });
  const alg = (length: number): string => `A${length}${mode}`;
  const lengthOf = (params: Params): number => {
    const length = params.integer("length");
    if (LENGTHS.has(length)) return length;
    throw webError("OperationError", `an AES key has 128, 192 or 256 bits, not ${length}`);
  };
  return {
    name,
    usages: { secret: usages },
    generate: (params: Params) => partsOf(randomBytes(lengthOf(params) / 8)),
    import(data) {
      const bytes = readSecret(data, name);
      const length = bytes.length * 8;
      if (!LENGTHS.has(length)) {
        throw webError("DataError", `an AES key has 128, 192 or 256 bits, not ${length}`);
      }
      checkAlg(data, alg(length));
      return partsOf(bytes);
    },
    export: (format, key) => writeSecret(format, key, alg(secretOf(key).length * 8)),
    keyLength: lengthOf,
  } satisfies Algorithm;
}

function vector(params: Params, member: string): Bytes {
  const bytes = params.bytes(member);
  if (bytes.length === BLOCK) return bytes;
  throw webError(
    "OperationError",
    `${params.name}'s \`${member}\` has ${bytes.length} bytes. It has to have ${BLOCK}.`,
  );
}

/** The counter is the last `length` bits of its block; those before it stay, also when it begins anew. */
function applyCounter(params: Params, key: CryptoKey, data: Bytes): Bytes {
  const counter = vector(params, "counter");
  const length = params.integer("length");
  if (length < 1 || length > 128) {
    throw webError("OperationError", `AES-CTR's \`length\` is ${length} bits. Give 1 to 128.`);
  }
  const all = 1n << BigInt(length);
  const start = toInteger(counter);
  if (BigInt(Math.ceil(data.length / BLOCK)) > all) {
    throw webError("OperationError", `a counter of ${length} bits is too short for ${data.length} bytes`);
  }
  const untilZero = (all - (start % all)) * BigInt(BLOCK);
  const cut = untilZero < BigInt(data.length) ? Number(untilZero) : data.length;
  const secret = secretOf(key);
  const first = ctr(secret, counter).encrypt(data.subarray(0, cut));
  if (cut === data.length) return concat(first);
  const zeroed = fromInteger(start - (start % all), BLOCK);
  return concat(first, ctr(secret, zeroed).encrypt(data.subarray(cut)));
}

function gcmOf(params: Params, key: CryptoKey) {
  const iv = params.bytes("iv");
  const aad = params.optionalBytes("additionalData");
  const tagLength = params.has("tagLength") ? params.integer("tagLength") : 128;
  if (!TAG_LENGTHS.includes(tagLength)) {
    throw webError(
      "OperationError",
      `AES-GCM's \`tagLength\` is ${tagLength}. Give ${TAG_LENGTHS.join(", ")}.`,
    );
  }
  // One takes one message only.
  return { cipher: () => gcm(secretOf(key), iv, aad), tagBytes: tagLength / 8 };
}

/** Encryption is its own inverse, apart from the tag; that of what was found has to begin as the one that was sent. */
function openShortTag(cipher: () => ReturnType<typeof gcm>, data: Bytes, tagBytes: number): Uint8Array {
  if (data.length < tagBytes) throw new Error("too short");
  const sealed = data.subarray(0, data.length - tagBytes);
  const plain = cipher().encrypt(sealed).slice(0, sealed.length);
  const tag = cipher()
    .encrypt(plain)
    .subarray(plain.length, plain.length + tagBytes);
  if (!isEqual(tag, data.subarray(sealed.length))) throw new Error("wrong tag");
  return plain;
}
