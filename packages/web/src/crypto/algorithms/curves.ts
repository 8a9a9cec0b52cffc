import { p256, p384, p521 } from "@noble/curves/nist.js";
import type { KeyData, KeyFormatName } from "../algorithm.ts";
import { fromBase64url, toBase64url } from "../base64url.ts";
import { type Bytes, bytesOf, concat } from "../bytes.ts";
import { type CryptoKey, type CurveName, curveKeyOf, type KeyParts, type Material } from "../crypto-key.ts";
import { bits, der, DerReader, identifier, integer, octets, sequence } from "../der.ts";
import { privateKeyInfo, publicKeyInfo, readPrivateKeyInfo, readPublicKeyInfo } from "../key-info.ts";
import { wrongFormat } from "../secret-keys.ts";
import { reading, webError } from "../web-error.ts";

/** id-ecPublicKey, 1.2.840.10045.2.1 */
const EC_KEY = "2a8648ce3d0201";
/** `[1]` of ECPrivateKey, RFC 5915. */
const PUBLIC_KEY = 0xa1;

const CURVES = {
  "P-256": { curve: p256, bytes: 32, id: "2a8648ce3d030107" },
  "P-384": { curve: p384, bytes: 48, id: "2b81040022" },
  "P-521": { curve: p521, bytes: 66, id: "2b81040023" },
} as const;

type Curve = (typeof CURVES)[CurveName];

/** @throws DOMException `NotSupportedError` */
export function curveNamed(name: string): CurveName {
  if (Object.hasOwn(CURVES, name)) return name as CurveName;
  throw webError(
    "NotSupportedError",
    `there is no curve ${name}. There are ${Object.keys(CURVES).join(", ")}.`,
  );
}

export function curveOf({ algorithm }: CryptoKey): Curve {
  const { name, namedCurve } = algorithm;
  if (namedCurve === undefined) throw new TypeError(`a ${name} key is of no curve`);
  return CURVES[namedCurve];
}

export function generateCurveKeys(algorithm: string, name: CurveName): readonly [KeyParts, KeyParts] {
  const secret = bytesOf(CURVES[name].curve.utils.randomSecretKey(), "the key");
  const material = fromPrivate(name, secret);
  return [partsOf(algorithm, name, material), partsOf(algorithm, name, { ...material, private: undefined })];
}

export function importCurveKey(algorithm: string, data: KeyData, name: CurveName): KeyParts {
  const material = reading(`${algorithm} key`, () =>
    data.format === "jwk" ? fromJwk(data.jwk, name) : fromBytes(data, name),
  );
  return partsOf(algorithm, name, material);
}

export function exportCurveKey(format: KeyFormatName, key: CryptoKey): KeyData {
  const { public: point, private: secret } = curveKeyOf(key);
  const { bytes, id } = curveOf(key);
  if (format === "jwk") {
    const jwk: JsonWebKey = {
      kty: "EC",
      crv: String(key.algorithm.namedCurve),
      x: toBase64url(point.subarray(1, 1 + bytes)),
      y: toBase64url(point.subarray(1 + bytes)),
    };
    return { format, jwk: secret === undefined ? jwk : { ...jwk, d: toBase64url(secret) } };
  }
  if (format === "pkcs8" && secret !== undefined) {
    const inner = sequence(integer(1n), octets(secret), der(PUBLIC_KEY, bits(point)));
    return { format, bytes: privateKeyInfo(EC_KEY, [identifier(id)], inner) };
  }
  if (format === "spki" && secret === undefined) {
    return { format, bytes: publicKeyInfo(EC_KEY, [identifier(id)], point) };
  }
  if (format === "raw" && secret === undefined) return { format, bytes: point };
  throw wrongKind(format, key);
}

export function wrongKind(format: string, { algorithm, type }: CryptoKey): DOMException {
  return webError(
    "InvalidAccessError",
    `a ${type} key of ${algorithm.name} has no format ${format}. Export it as jwk, or as ${type === "public" ? "spki" : "pkcs8"}.`,
  );
}

type CurveKey = Material & { readonly kind: "curve" };

function partsOf(algorithm: string, namedCurve: CurveName, material: CurveKey): KeyParts {
  const type = material.private === undefined ? "public" : "private";
  return { type, algorithm: { name: algorithm, namedCurve }, material };
}

function fromJwk({ kty, crv, x = "", y = "", d }: JsonWebKey, name: CurveName): CurveKey {
  if (kty !== "EC" || crv !== name) {
    throw webError("DataError", `the key is of ${String(kty)} ${String(crv)}, not of EC ${name}`);
  }
  const { bytes } = CURVES[name];
  const [left, right] = [fromBase64url(x), fromBase64url(y)];
  if (left.length !== bytes || right.length !== bytes)
    throw new Error(`its x or y does not have ${bytes} bytes`);
  const material = fromPublic(name, concat(Uint8Array.of(4), left, right));
  if (d === undefined) return material;
  return fromPrivate(name, fromBase64url(d), material.public);
}

function fromBytes({ format, bytes }: KeyData & { readonly bytes: Bytes }, name: CurveName): CurveKey {
  if (format === "raw") return fromPublic(name, bytes);
  if (format === "spki") {
    const { key, ...envelope } = readPublicKeyInfo(bytes);
    checkCurve(envelope, name);
    return fromPublic(name, key);
  }
  if (format !== "pkcs8") throw wrongFormat(format, "EC", "raw, jwk, spki, pkcs8");
  const { key, ...envelope } = readPrivateKeyInfo(bytes);
  checkCurve(envelope, name);
  const inner = new DerReader(key).sequence();
  inner.integer();
  return fromPrivate(name, bytesOf(inner.octets(), "the key"));
}

function checkCurve(
  { algorithm, curve }: { readonly algorithm: string; readonly curve: string | undefined },
  name: CurveName,
): void {
  if (algorithm !== EC_KEY || curve !== CURVES[name].id)
    throw new Error(`it is of another algorithm, or of another curve than ${name}`);
}

/** The uncompressed point, which has to be one of the curve. */
function fromPublic(name: CurveName, point: Uint8Array): CurveKey {
  const { Point } = CURVES[name].curve;
  return {
    kind: "curve",
    public: bytesOf(Point.fromBytes(point).toBytes(false), "the key"),
    private: undefined,
  };
}

/** @param expected the public key that came with it */
function fromPrivate(name: CurveName, secret: Bytes, expected?: Bytes): CurveKey {
  const { curve, bytes } = CURVES[name];
  if (secret.length !== bytes) throw new Error(`its private key has ${secret.length} bytes, not ${bytes}`);
  const point = bytesOf(curve.getPublicKey(secret, false), "the key");
  if (expected !== undefined && expected.some((byte, at) => byte !== point[at])) {
    throw new Error("its private and its public key are not of one pair");
  }
  return { kind: "curve", public: point, private: secret };
}
