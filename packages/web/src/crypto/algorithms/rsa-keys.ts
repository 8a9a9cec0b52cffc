import { invert } from "micro-rsa-dsa-dh/utils.js";
import type { KeyData, KeyFormatName } from "../algorithm.ts";
import { fromBase64url, toBase64url } from "../base64url.ts";
import { type Bytes, fromInteger, toInteger } from "../bytes.ts";
import {
  type CryptoKey,
  type KeyParts,
  type Material,
  type RsaPrivate,
  type RsaPublic,
  rsaKeyOf,
} from "../crypto-key.ts";
import { DerReader, integer, NULL, sequence } from "../der.ts";
import type { HashName } from "../hash-name.ts";
import { privateKeyInfo, publicKeyInfo, readPrivateKeyInfo, readPublicKeyInfo } from "../key-info.ts";
import { wrongFormat } from "../secret-keys.ts";
import { reading, webError } from "../web-error.ts";
import { wrongKind } from "./curves.ts";

/** rsaEncryption, 1.2.840.113549.1.1.1 */
const RSA_KEY = "2a864886f70d010101";

type RsaKey = Material & { readonly kind: "rsa" };

/** @param alg as JSON Web Keys name the algorithm with this hash */
export function importRsaKey(name: string, data: KeyData, hash: HashName, alg: string): KeyParts {
  const key = reading("RSA key", () => (data.format === "jwk" ? fromJwk(data.jwk, alg) : fromBytes(data)));
  return partsOf(name, hash, key);
}

export function exportRsaKey(format: KeyFormatName, key: CryptoKey, alg: string): KeyData {
  const { public: open, private: secret } = rsaKeyOf(key);
  if (format === "jwk") {
    const jwk: JsonWebKey = { kty: "RSA", alg, n: numberText(open.n), e: numberText(open.e) };
    if (secret === undefined) return { format, jwk };
    const [d, p, q, dp, dq, qi] = [secret.d, secret.p, secret.q, ...remainders(secret)].map(numberText);
    return { format, jwk: Object.fromEntries(Object.entries({ ...jwk, d, p, q, dp, dq, qi })) };
  }
  if (format === "spki" && secret === undefined) {
    return { format, bytes: publicKeyInfo(RSA_KEY, [NULL], sequence(integer(open.n), integer(open.e))) };
  }
  if (format !== "pkcs8" || secret === undefined) throw wrongKind(format, key);
  const numbers = [0n, open.n, open.e, secret.d, secret.p, secret.q, ...remainders(secret)];
  return { format, bytes: privateKeyInfo(RSA_KEY, [NULL], sequence(...numbers.map(integer))) };
}

function partsOf(name: string, hash: HashName, key: RsaKey): KeyParts {
  const { n, e } = key.public;
  const algorithm = {
    name,
    modulusLength: n.toString(2).length,
    publicExponent: fromInteger(e),
    hash: { name: hash },
  };
  return { type: key.private === undefined ? "public" : "private", algorithm, material: key };
}

function fromJwk(jwk: JsonWebKey, expected: string): RsaKey {
  const { kty, alg, n, e, d, p, q } = jwk;
  if (kty !== "RSA") throw webError("DataError", `the key is of ${String(kty)}, not of RSA`);
  if (alg !== undefined && alg !== expected)
    throw webError("DataError", `the key is for ${alg}, not for ${expected}`);
  const open: RsaPublic = { n: numberOf(n), e: numberOf(e) };
  if (d === undefined) return keyOf(open, undefined);
  return keyOf(open, { d: numberOf(d), p: numberOf(p), q: numberOf(q) });
}

function fromBytes({ format, bytes }: KeyData & { readonly bytes: Bytes }): RsaKey {
  if (format === "raw") throw wrongFormat(format, "RSA", "jwk, spki, pkcs8");
  const { algorithm, key } = format === "spki" ? readPublicKeyInfo(bytes) : readPrivateKeyInfo(bytes);
  if (algorithm !== RSA_KEY) throw new Error("it is of another algorithm than RSA");
  const inner = new DerReader(key).sequence();
  if (format === "pkcs8") inner.integer();
  const open: RsaPublic = { n: inner.integer(), e: inner.integer() };
  if (format === "spki") return keyOf(open, undefined);
  return keyOf(open, { d: inner.integer(), p: inner.integer(), q: inner.integer() });
}

function keyOf(open: RsaPublic, secret: RsaPrivate | undefined): RsaKey {
  const { n, e } = open;
  const bits = n.toString(2).length;
  if (n % 2n === 0n || e % 2n === 0n || bits < 512 || bits > 16_384 || e.toString(2).length > 256) {
    throw new Error(`its modulus of ${bits} bits, or its exponent ${e}, is none of RSA`);
  }
  if (secret !== undefined && secret.p * secret.q !== n)
    throw new Error("its primes do not make its modulus");
  return { kind: "rsa", public: open, private: secret };
}

function remainders({ d, p, q }: RsaPrivate): readonly bigint[] {
  return [d % (p - 1n), d % (q - 1n), invert(q, p)];
}

function numberOf(text: string | undefined): bigint {
  if (text === undefined) throw new Error("it lacks one of its numbers");
  return toInteger(fromBase64url(text));
}

function numberText(value: bigint): string {
  return toBase64url(fromInteger(value));
}
