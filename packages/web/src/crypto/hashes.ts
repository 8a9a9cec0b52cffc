import { sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { HASH_NAMES, type HashName } from "./hash-name.ts";
import { webError } from "./web-error.ts";

const HASHES = { "SHA-1": sha1, "SHA-256": sha256, "SHA-384": sha384, "SHA-512": sha512 } as const;

type Hash = (typeof HASHES)[HashName];

/** @throws DOMException `NotSupportedError` for a hash that the web's API does not name */
export function hashNamed(name: unknown): HashName {
  const wanted = HASH_NAMES.find((each) => each === String(name).toUpperCase());
  if (wanted !== undefined) return wanted;
  throw webError(
    "NotSupportedError",
    `there is no hash ${String(name)}. There are ${HASH_NAMES.join(", ")}.`,
  );
}

export function hashOf(name: HashName): Hash {
  return HASHES[name];
}
