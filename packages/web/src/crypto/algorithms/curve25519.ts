import { ed25519 as nobleEd25519, x25519 as nobleX25519 } from "@noble/curves/ed25519.js";
import type { Algorithm, KeyData, KeyFormatName } from "../algorithm.ts";
import { fromBase64url, toBase64url } from "../base64url.ts";
import { type Bytes, bytesOf, isEqual, randomBytes } from "../bytes.ts";
import { type CryptoKey, curveKeyOf, type KeyParts } from "../crypto-key.ts";
import { DerReader, octets } from "../der.ts";
import { privateKeyInfo, publicKeyInfo, readPrivateKeyInfo, readPublicKeyInfo } from "../key-info.ts";
import { checkAlg } from "../secret-keys.ts";
import { operation, reading, webError } from "../web-error.ts";
import { wrongKind } from "./curves.ts";
import { privateOf, truncated } from "./ec.ts";

const BYTES = 32;

interface Kind {
  readonly name: "Ed25519" | "X25519";
  /** Hex of its identifier, RFC 8410. */
  readonly id: string;
  readonly publicOf: (secret: Uint8Array) => Uint8Array;
}

const ED25519: Kind = {
  name: "Ed25519",
  id: "2b6570",
  publicOf: (secret) => nobleEd25519.getPublicKey(secret),
};
const X25519: Kind = { name: "X25519", id: "2b656e", publicOf: (secret) => nobleX25519.getPublicKey(secret) };

export const ed25519: Algorithm = {
  name: "Ed25519",
  usages: { private: ["sign"], public: ["verify"] },
  ...keysOf(ED25519),
  sign: (_, key, data) => nobleEd25519.sign(data, privateOf(key)),
  verify(_, key, signature, data) {
    try {
      return nobleEd25519.verify(signature, data, curveKeyOf(key).public, { zip215: false });
    } catch {
      return false;
    }
  },
};

export const x25519: Algorithm = {
  name: "X25519",
  usages: { private: ["deriveKey", "deriveBits"], public: [] },
  ...keysOf(X25519),
  derive(params, key, length) {
    const other = curveKeyOf(params.publicKey()).public;
    const secret = operation("X25519's deriveBits", () => nobleX25519.getSharedSecret(privateOf(key), other));
    return truncated(params, secret, length);
  },
};

function keysOf(kind: Kind) {
  const { name, publicOf } = kind;
  return {
    generate(): readonly [KeyParts, KeyParts] {
      const secret = randomBytes(BYTES);
      const point = bytesOf(publicOf(secret), "the key");
      return [partsOf(kind, point, secret), partsOf(kind, point)];
    },
    import: (data: KeyData): KeyParts => reading(`${name} key`, () => read(kind, data)),
    export: (format: KeyFormatName, key: CryptoKey): KeyData => write(kind, format, key),
  } satisfies Partial<Algorithm>;
}

function partsOf({ name }: Kind, point: Bytes, secret?: Bytes): KeyParts {
  if (point.length !== BYTES) throw new Error(`it has ${point.length} bytes, not ${BYTES}`);
  const type = secret === undefined ? "public" : "private";
  return { type, algorithm: { name }, material: { kind: "curve", public: point, private: secret } };
}

function read(kind: Kind, data: KeyData): KeyParts {
  const { name, publicOf } = kind;
  if (data.format === "jwk") {
    const { kty, crv, x = "", d } = data.jwk;
    if (kty !== "OKP" || crv !== name) {
      throw webError("DataError", `the key is of ${String(kty)} ${String(crv)}, not of OKP ${name}`);
    }
    if (name === "Ed25519") checkAlg(data, "Ed25519", "EdDSA");
    const point = fromBase64url(x);
    if (d === undefined) return partsOf(kind, point);
    const secret = fromBase64url(d);
    if (!isEqual(publicOf(secret), point))
      throw new Error("its private and its public key are not of one pair");
    return partsOf(kind, point, secret);
  }
  if (data.format === "raw") return partsOf(kind, data.bytes);
  const info = data.format === "spki" ? readPublicKeyInfo(data.bytes) : readPrivateKeyInfo(data.bytes);
  if (info.algorithm !== kind.id) throw new Error(`it is of another algorithm than ${name}`);
  if (data.format === "spki") return partsOf(kind, bytesOf(info.key, "the key"));
  const secret = bytesOf(new DerReader(info.key).octets(), "the key");
  return partsOf(kind, bytesOf(publicOf(secret), "the key"), secret);
}

function write({ name, id }: Kind, format: KeyFormatName, key: CryptoKey): KeyData {
  const { public: point, private: secret } = curveKeyOf(key);
  if (format === "jwk") {
    const alg = name === "Ed25519" ? { alg: name } : {};
    const jwk: JsonWebKey = { kty: "OKP", crv: name, ...alg, x: toBase64url(point) };
    return { format, jwk: secret === undefined ? jwk : { ...jwk, d: toBase64url(secret) } };
  }
  if (format === "pkcs8" && secret !== undefined)
    return { format, bytes: privateKeyInfo(id, [], octets(secret)) };
  if (format === "spki" && secret === undefined) return { format, bytes: publicKeyInfo(id, [], point) };
  if (format === "raw" && secret === undefined) return { format, bytes: point };
  throw wrongKind(format, key);
}
