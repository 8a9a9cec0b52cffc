import type { KeyData, KeyFormatName } from "./algorithm.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";
import type { Bytes } from "./bytes.ts";
import { type CryptoKey, secretOf } from "./crypto-key.ts";
import { reading, webError } from "./web-error.ts";

/** The bytes of a secret key, from either of its formats. */
export function readSecret(data: KeyData, algorithm: string): Bytes {
  if (data.format === "raw") return data.bytes;
  if (data.format !== "jwk") throw wrongFormat(data.format, algorithm, "raw, jwk");
  const { kty, k } = data.jwk;
  if (kty !== "oct" || k === undefined) {
    throw webError("DataError", `a secret key has \`kty: "oct"\` and \`k\`; this one has kty ${String(kty)}`);
  }
  return reading("key's `k`", () => fromBase64url(k));
}

/** @param alg as JSON Web Keys name the algorithm: `A128GCM` */
export function writeSecret(format: KeyFormatName, key: CryptoKey, alg: string): KeyData {
  const bytes = secretOf(key);
  if (format === "raw") return { format, bytes };
  if (format === "jwk") return { format, jwk: { kty: "oct", k: toBase64url(bytes), alg } };
  throw wrongFormat(format, key.algorithm.name, "raw, jwk");
}

/** @throws DOMException `DataError` if a JSON Web Key says that it is for something else */
export function checkAlg(data: KeyData, ...expected: readonly string[]): void {
  if (data.format !== "jwk" || data.jwk.alg === undefined || expected.includes(data.jwk.alg)) return;
  throw webError("DataError", `the key is for ${data.jwk.alg}, not for ${expected.join(" or ")}`);
}

export function wrongFormat(format: string, algorithm: string, formats: string): DOMException {
  return webError(
    "NotSupportedError",
    `no ${algorithm} key of this kind has the format ${format}. It has: ${formats}.`,
  );
}
