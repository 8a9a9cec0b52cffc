import type { Bytes } from "./bytes.ts";
import type { CryptoKey, KeyParts } from "./crypto-key.ts";
import type { Params } from "./params.ts";

export type KeyFormatName = "jwk" | "pkcs8" | "raw" | "spki";

/** A key outside: a JSON Web Key, or bytes in any other format. */
export type KeyData =
  | { readonly format: "jwk"; readonly jwk: JsonWebKey }
  | { readonly format: Exclude<KeyFormatName, "jwk">; readonly bytes: Bytes };

/** What one algorithm can do; what is left out it cannot. Keys and their usages were checked before. */
export interface Algorithm {
  readonly name: string;
  /** What its keys may be used for, by their type. */
  readonly usages: Partial<Readonly<Record<KeyType, readonly KeyUsage[]>>>;
  /** One key, or the public and the private one. */
  generate?(params: Params): KeyParts | readonly [KeyParts, KeyParts];
  import?(data: KeyData, params: Params): KeyParts;
  export?(format: KeyFormatName, key: CryptoKey): KeyData;
  sign?(params: Params, key: CryptoKey, data: Bytes): Uint8Array | Promise<Uint8Array>;
  verify?(params: Params, key: CryptoKey, signature: Bytes, data: Bytes): boolean | Promise<boolean>;
  encrypt?(params: Params, key: CryptoKey, data: Bytes): Uint8Array;
  decrypt?(params: Params, key: CryptoKey, data: Bytes): Uint8Array;
  wrap?(params: Params, key: CryptoKey, data: Bytes): Uint8Array;
  unwrap?(params: Params, key: CryptoKey, data: Bytes): Uint8Array;
  /** @param length in bits; `undefined` for all that there are */
  derive?(params: Params, key: CryptoKey, length: number | undefined): Uint8Array | Promise<Uint8Array>;
  /** Bits of a key that is derived; `undefined` for any. */
  keyLength?(params: Params): number | undefined;
}
