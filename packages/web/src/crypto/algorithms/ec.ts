import type { Algorithm } from "../algorithm.ts";
import { type CryptoKey, curveKeyOf } from "../crypto-key.ts";
import { engineDigest } from "../engine-digest.ts";
import type { Params } from "../params.ts";
import { operation, webError } from "../web-error.ts";
import { curveNamed, curveOf, exportCurveKey, generateCurveKeys, importCurveKey } from "./curves.ts";

/** Signatures are the two numbers side by side; they are the same for the same key and data (RFC 6979). */
export const ecdsa: Algorithm = {
  name: "ECDSA",
  usages: { private: ["sign"], public: ["verify"] },
  generate: (params) => generateCurveKeys("ECDSA", curveNamed(params.text("namedCurve"))),
  import: (data, params) => importCurveKey("ECDSA", data, curveNamed(params.text("namedCurve"))),
  export: exportCurveKey,
  async sign(params, key, data) {
    const digest = await engineDigest(params.hash, data);
    const { private: secret = new Uint8Array() } = curveKeyOf(key);
    return curveOf(key).curve.sign(digest, secret, { prehash: false, lowS: false });
  },
  async verify(params, key, signature, data) {
    const digest = await engineDigest(params.hash, data);
    const { curve, bytes } = curveOf(key);
    if (signature.length !== 2 * bytes) return false;
    try {
      return curve.verify(signature, digest, curveKeyOf(key).public, { prehash: false, lowS: false });
    } catch {
      return false;
    }
  },
};

export const ecdh: Algorithm = {
  name: "ECDH",
  usages: { private: ["deriveKey", "deriveBits"], public: [] },
  generate: (params) => generateCurveKeys("ECDH", curveNamed(params.text("namedCurve"))),
  import: (data, params) => importCurveKey("ECDH", data, curveNamed(params.text("namedCurve"))),
  export: exportCurveKey,
  derive(params, key, length) {
    const other = params.publicKey();
    const { curve } = curveOf(key);
    if (curveOf(other).curve !== curve) {
      throw webError("InvalidAccessError", "ECDH's `public` is of another curve than the key");
    }
    return truncated(
      params,
      operation("ECDH's deriveBits", () =>
        curve.getSharedSecret(privateOf(key), curveKeyOf(other).public).subarray(1),
      ),
      length,
    );
  },
};

export function privateOf(key: CryptoKey): Uint8Array {
  const { private: secret } = curveKeyOf(key);
  if (secret === undefined)
    throw webError("InvalidAccessError", `a public key of ${key.algorithm.name} derives nothing`);
  return secret;
}

/** The first bits of a shared secret; those that are left of the last byte are 0. */
export function truncated({ name }: Params, secret: Uint8Array, length: number | undefined): Uint8Array {
  if (length === undefined) return secret;
  const bytes = Math.ceil(length / 8);
  if (bytes > secret.length) {
    throw webError(
      "OperationError",
      `${name} derives at most ${secret.length * 8} bits with this key, not ${length}`,
    );
  }
  const first = secret.slice(0, bytes);
  const spare = bytes * 8 - length;
  if (spare > 0) first[bytes - 1] = (first[bytes - 1] ?? 0) & (0xff << spare);
  return first;
}
