import type { KeyData, KeyFormatName } from "./algorithm.ts";
import { type Bytes, bytesOf } from "./bytes.ts";
import type { CryptoKey } from "./crypto-key.ts";
import { reading, webError } from "./web-error.ts";

const FORMATS: readonly KeyFormatName[] = ["raw", "pkcs8", "spki", "jwk"];

/** @throws TypeError */
export function formatOf(given: unknown): KeyFormatName {
  const format = FORMATS.find((each) => each === given);
  if (format === undefined)
    throw new TypeError(`there is no key format ${String(given)}. There are ${FORMATS.join(", ")}.`);
  return format;
}

/** @throws DOMException `DataError` for a JSON Web Key that may not be used so; TypeError */
export function keyDataOf(
  format: KeyFormatName,
  data: unknown,
  extractable: boolean,
  usages: readonly KeyUsage[],
): KeyData {
  if (format !== "jwk") return { format, bytes: bytesOf(data, "the key") };
  if (typeof data !== "object" || data === null || ArrayBuffer.isView(data)) {
    throw new TypeError("the key is no JSON Web Key, which is an object");
  }
  const jwk = data as JsonWebKey;
  if (jwk.ext === false && extractable)
    throw webError("DataError", "the key is not extractable: its `ext` is false");
  const forbidden = jwk.key_ops && usages.find((each) => jwk.key_ops?.includes(each) !== true);
  if (forbidden !== undefined) throw webError("DataError", `the key's \`key_ops\` do not have ${forbidden}`);
  return { format, jwk };
}

/** As `exportKey` gives it. */
export function exported(data: KeyData, { extractable, usages }: CryptoKey): ArrayBuffer | JsonWebKey {
  if (data.format !== "jwk") return data.bytes.slice().buffer;
  return { ...data.jwk, ext: extractable, key_ops: [...usages] };
}

/** A key as bytes, to be encrypted. */
export function wrappable(exportedKey: ArrayBuffer | JsonWebKey): Bytes {
  if (exportedKey instanceof ArrayBuffer) return new Uint8Array(exportedKey);
  return new TextEncoder().encode(JSON.stringify(exportedKey));
}

/** What {@link wrappable} made bytes of. */
export function unwrapped(format: KeyFormatName, bytes: Uint8Array): unknown {
  if (format !== "jwk") return bytes;
  return reading("wrapped key", () => JSON.parse(new TextDecoder().decode(bytes)) as unknown);
}
