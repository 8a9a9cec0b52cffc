import {
  type IPKCS,
  mgf1,
  OAEP,
  PKCS1_SHA1,
  PKCS1_SHA256,
  PKCS1_SHA384,
  PKCS1_SHA512,
  PSS,
} from "micro-rsa-dsa-dh/rsa.js";
import type { Algorithm } from "../algorithm.ts";
import type { CryptoKey } from "../crypto-key.ts";
import { hashNameOf, rsaKeyOf } from "../crypto-key.ts";
import type { HashName } from "../hash-name.ts";
import { hashOf } from "../hashes.ts";
import type { Params } from "../params.ts";
import { operation, webError } from "../web-error.ts";
import { exportRsaKey, importRsaKey } from "./rsa-keys.ts";

const PKCS1: Readonly<Record<HashName, IPKCS>> = {
  "SHA-1": PKCS1_SHA1,
  "SHA-256": PKCS1_SHA256,
  "SHA-384": PKCS1_SHA384,
  "SHA-512": PKCS1_SHA512,
};

const SIGNING: Algorithm["usages"] = { private: ["sign"], public: ["verify"] };

export const rsaPkcs1: Algorithm = {
  name: "RSASSA-PKCS1-v1_5",
  usages: SIGNING,
  ...keysOf("RSASSA-PKCS1-v1_5", (hash) => `RS${bitsOf(hash)}`),
  sign: (_, key, data) => operation("RSA's sign", () => PKCS1[hashNameOf(key)].sign(privateOf(key), data)),
  verify: (_, key, signature, data) =>
    isRight(() => PKCS1[hashNameOf(key)].verify(rsaKeyOf(key).public, data, signature)),
};

export const rsaPss: Algorithm = {
  name: "RSA-PSS",
  usages: SIGNING,
  ...keysOf("RSA-PSS", (hash) => `PS${bitsOf(hash)}`),
  sign(params, key, data) {
    const signer = pssOf(params, key);
    return operation("RSA-PSS's sign", () => signer.sign(privateOf(key), data));
  },
  verify(params, key, signature, data) {
    const signer = pssOf(params, key);
    return isRight(() => signer.verify(rsaKeyOf(key).public, data, signature));
  },
};

export const rsaOaep: Algorithm = {
  name: "RSA-OAEP",
  usages: { private: ["decrypt", "unwrapKey"], public: ["encrypt", "wrapKey"] },
  ...keysOf("RSA-OAEP", (hash) => (hash === "SHA-1" ? "RSA-OAEP" : `RSA-OAEP-${bitsOf(hash)}`)),
  encrypt(params, key, data) {
    const oaep = oaepOf(params, key);
    return operation("RSA-OAEP's encrypt", () => oaep.encrypt(rsaKeyOf(key).public, data));
  },
  decrypt(params, key, data) {
    const oaep = oaepOf(params, key);
    return operation("RSA-OAEP's decrypt", () => oaep.decrypt(privateOf(key), data));
  },
};

/** None is generated: to look for two primes of a thousand bits takes an engine that does not compile longer than anybody waits. */
function keysOf(name: string, algOf: (hash: HashName) => string) {
  return {
    import: (data, params) => importRsaKey(name, data, params.hash, algOf(params.hash)),
    export: (format, key) => exportRsaKey(format, key, algOf(hashNameOf(key))),
  } satisfies Partial<Algorithm>;
}

function bitsOf(hash: HashName): string {
  return hash.slice("SHA-".length);
}

function pssOf(params: Params, key: CryptoKey): ReturnType<typeof PSS> {
  const hash = hashOf(hashNameOf(key));
  return PSS(hash, mgf1(hash), params.integer("saltLength"));
}

function oaepOf(params: Params, key: CryptoKey): ReturnType<typeof OAEP> {
  const hash = hashOf(hashNameOf(key));
  return OAEP(hash, mgf1(hash), params.optionalBytes("label"));
}

function privateOf(key: CryptoKey): { readonly n: bigint; readonly d: bigint } {
  const { public: open, private: secret } = rsaKeyOf(key);
  if (secret === undefined)
    throw webError("InvalidAccessError", `it takes a private key of ${key.algorithm.name}`);
  return { n: open.n, d: secret.d };
}

/** A signature that cannot even be looked at is not right. */
function isRight(verify: () => boolean): boolean {
  try {
    return verify();
  } catch {
    return false;
  }
}
