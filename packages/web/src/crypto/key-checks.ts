import type { Algorithm } from "./algorithm.ts";
import { CryptoKey, type KeyParts } from "./crypto-key.ts";
import { webError } from "./web-error.ts";

const USAGES: readonly KeyUsage[] = [
  "encrypt",
  "decrypt",
  "sign",
  "verify",
  "deriveKey",
  "deriveBits",
  "wrapKey",
  "unwrapKey",
];

/** In the order of the standard, each once. @throws TypeError */
export function usagesOf(given: unknown): readonly KeyUsage[] {
  const wanted = [...(given as Iterable<unknown>)].map(String);
  const unknown = wanted.find((each) => !(USAGES as readonly string[]).includes(each));
  if (unknown !== undefined)
    throw new TypeError(`there is no key usage ${unknown}. There are ${USAGES.join(", ")}.`);
  return USAGES.filter((each) => wanted.includes(each));
}

/** @throws DOMException `SyntaxError` for usages that a key cannot have, and for a key of no use */
export function makeKey(
  { name, usages: allowed }: Algorithm,
  parts: KeyParts,
  extractable: boolean,
  usages: readonly KeyUsage[],
): CryptoKey {
  const possible = allowed[parts.type] ?? [];
  const wrong = usages.find((each) => !possible.includes(each));
  if (wrong !== undefined) {
    throw webError(
      "SyntaxError",
      `a ${parts.type} key of ${name} is for ${possible.join(", ") || "nothing"}, not for ${wrong}`,
    );
  }
  if (usages.length === 0 && parts.type !== "public") {
    throw webError(
      "SyntaxError",
      `a ${parts.type} key of ${name} without usages is of no use. Give some of ${possible.join(", ")}.`,
    );
  }
  return new CryptoKey(parts, extractable, usages);
}

/** The two keys of a pair share the usages that were asked for. */
export function makePair(
  algorithm: Algorithm,
  [secret, open]: readonly [KeyParts, KeyParts],
  extractable: boolean,
  usages: readonly KeyUsage[],
): { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey } {
  const { private: forPrivate = [], public: forPublic = [] } = algorithm.usages;
  const privateUsages = usages.filter((each) => !forPublic.includes(each));
  const publicUsages = usages.filter((each) => !forPrivate.includes(each));
  const wrong = publicUsages.find((each) => !forPublic.includes(each));
  if (wrong !== undefined) throw webError("SyntaxError", `keys of ${algorithm.name} are not for ${wrong}`);
  return {
    publicKey: makeKey(algorithm, open, true, publicUsages),
    privateKey: makeKey(algorithm, secret, extractable, privateUsages),
  };
}

/** @throws TypeError; DOMException `InvalidAccessError` for a key of another algorithm, type or usage */
export function checkKey(key: unknown, { name }: Algorithm, usage: KeyUsage): CryptoKey {
  const known = checkIsKey(key);
  if (known.algorithm.name !== name) {
    throw webError("InvalidAccessError", `the key is one of ${known.algorithm.name}, not of ${name}`);
  }
  if (!known.usages.includes(usage)) {
    throw webError(
      "InvalidAccessError",
      `the key is for ${known.usages.join(", ") || "nothing"}, not for ${usage}`,
    );
  }
  return known;
}

export function checkIsKey(key: unknown): CryptoKey {
  if (CryptoKey.isKey(key)) return key;
  throw new TypeError(`${Object.prototype.toString.call(key)} is no CryptoKey`);
}
