import type { Bytes } from "./bytes.ts";
import type { HashName } from "./hash-name.ts";

/** What a key consists of. */
export type Material =
  | { readonly kind: "secret"; readonly bytes: Bytes }
  /** Of an elliptic curve: `public` is the uncompressed point, or the 32 bytes of Ed25519 and X25519. */
  | { readonly kind: "curve"; readonly public: Bytes; readonly private: Bytes | undefined }
  | { readonly kind: "rsa"; readonly public: RsaPublic; readonly private: RsaPrivate | undefined };

export interface RsaPublic {
  readonly n: bigint;
  readonly e: bigint;
}

export interface RsaPrivate {
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
}

/** As `CryptoKey.algorithm` shows it: of each algorithm's keys what they have. */
export interface KeyAlgorithmOf {
  readonly name: string;
  readonly hash?: { readonly name: HashName };
  /** In bits. */
  readonly length?: number;
  readonly modulusLength?: number;
  readonly namedCurve?: CurveName;
  readonly publicExponent?: Bytes;
}

export type CurveName = "P-256" | "P-384" | "P-521";

/** What an algorithm makes of what it generates or imports. */
export interface KeyParts {
  readonly type: KeyType;
  readonly algorithm: KeyAlgorithmOf;
  readonly material: Material;
}

/** The web's `CryptoKey`. What it consists of is seen by `exportKey` only. */
export class CryptoKey {
  readonly type: KeyType;
  readonly extractable: boolean;
  readonly algorithm: KeyAlgorithmOf;
  readonly usages: readonly KeyUsage[];
  readonly #material: Material;

  constructor({ type, algorithm, material }: KeyParts, extractable: boolean, usages: readonly KeyUsage[]) {
    this.type = type;
    this.extractable = extractable;
    this.algorithm = algorithm;
    this.usages = usages;
    this.#material = material;
  }

  get [Symbol.toStringTag](): string {
    return "CryptoKey";
  }

  static materialOf(key: CryptoKey): Material {
    return key.#material;
  }

  static isKey(value: unknown): value is CryptoKey {
    return typeof value === "object" && value !== null && #material in value;
  }
}

export function secretOf(key: CryptoKey): Bytes {
  const material = CryptoKey.materialOf(key);
  if (material.kind !== "secret") throw new TypeError(`a ${key.algorithm.name} key is no secret`);
  return material.bytes;
}

/** The hash that a key is for. */
export function hashNameOf({ algorithm: { name, hash } }: CryptoKey): HashName {
  if (hash === undefined) throw new TypeError(`a ${name} key is for no hash`);
  return hash.name;
}

export function curveKeyOf(key: CryptoKey): Material & { readonly kind: "curve" } {
  const material = CryptoKey.materialOf(key);
  if (material.kind !== "curve") throw new TypeError(`a ${key.algorithm.name} key is of no curve`);
  return material;
}

export function rsaKeyOf(key: CryptoKey): Material & { readonly kind: "rsa" } {
  const material = CryptoKey.materialOf(key);
  if (material.kind !== "rsa") throw new TypeError(`a ${key.algorithm.name} key is none of RSA`);
  return material;
}
