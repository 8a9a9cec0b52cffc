/** One side makes keys and uses them; the other reads the keys and looks at what was made. */
import { hex } from "./crypto-scenarios.ts";

/** A key pair in all its formats, and what was made with it. */
export interface Made {
  readonly algorithm: KeyAlgorithm & { readonly namedCurve?: string; readonly hash?: string };
  readonly privateJwk: JsonWebKey;
  readonly publicJwk: JsonWebKey;
  readonly pkcs8: string;
  readonly spki: string;
  readonly signature: string;
}

type Kind = Made["algorithm"];

const DATA = new TextEncoder().encode("what both sides know");

export const SIGNING: readonly Kind[] = [
  { name: "ECDSA", namedCurve: "P-256" },
  { name: "ECDSA", namedCurve: "P-384" },
  { name: "ECDSA", namedCurve: "P-521" },
  { name: "Ed25519" },
];

/** Keys that Node makes: in a component that takes long. */
export const RSA: readonly Kind[] = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"].flatMap((hash) =>
  ["RSASSA-PKCS1-v1_5", "RSA-PSS"].map((name) => ({ name, hash })),
);

function paramsOf({ name }: Kind): Algorithm & { readonly hash?: string; readonly saltLength?: number } {
  if (name === "ECDSA") return { name, hash: "SHA-256" };
  return name === "RSA-PSS" ? { name, saltLength: 20 } : { name };
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(at * 2, at * 2 + 2), 16),
  );
}

/** Makes a pair, or signs with one that is there. */
export async function make(
  subtle: SubtleCrypto,
  algorithm: Kind,
  pkcs8?: Pick<Made, "pkcs8" | "spki">,
): Promise<Made> {
  const { privateKey, publicKey } = await pairOf(subtle, algorithm, pkcs8);
  return {
    algorithm,
    privateJwk: await subtle.exportKey("jwk", privateKey),
    publicJwk: await subtle.exportKey("jwk", publicKey),
    pkcs8: hex(await subtle.exportKey("pkcs8", privateKey)),
    spki: hex(await subtle.exportKey("spki", publicKey)),
    signature: hex(await subtle.sign(paramsOf(algorithm), privateKey, DATA)),
  };
}

async function pairOf(
  subtle: SubtleCrypto,
  algorithm: Kind,
  from: Pick<Made, "pkcs8" | "spki"> | undefined,
): Promise<CryptoKeyPair> {
  if (from === undefined)
    return (await subtle.generateKey(algorithm, true, ["sign", "verify"])) as CryptoKeyPair;
  return {
    privateKey: await subtle.importKey("pkcs8", bytes(from.pkcs8), algorithm, true, ["sign"]),
    publicKey: await subtle.importKey("spki", bytes(from.spki), algorithm, true, ["verify"]),
  };
}

/** What this side makes of the other's keys: they are exported again, in the other's formats, and the signature is verified. */
export async function check(subtle: SubtleCrypto, made: Made): Promise<Record<string, unknown>> {
  const { algorithm } = made;
  const secret = await subtle.importKey("jwk", made.privateJwk, algorithm, true, ["sign"]);
  const open = await subtle.importKey("jwk", made.publicJwk, algorithm, true, ["verify"]);
  const fromPkcs8 = await subtle.importKey("pkcs8", bytes(made.pkcs8), algorithm, true, ["sign"]);
  const fromSpki = await subtle.importKey("spki", bytes(made.spki), algorithm, true, ["verify"]);
  const signature = bytes(made.signature);
  const spoilt = Uint8Array.from(signature, (byte, at) => (at === 5 ? byte ^ 1 : byte));
  const params = paramsOf(algorithm);
  return {
    pkcs8: hex(await subtle.exportKey("pkcs8", secret)),
    spki: hex(await subtle.exportKey("spki", open)),
    privateJwk: await subtle.exportKey("jwk", fromPkcs8),
    publicJwk: await subtle.exportKey("jwk", fromSpki),
    verified: await subtle.verify(params, fromSpki, signature, DATA),
    spoilt: await subtle.verify(params, open, spoilt, DATA),
    ownVerified: await subtle.verify(params, open, await subtle.sign(params, secret, DATA), DATA),
  };
}

/** A pair for agreement; its public key goes to the other side. */
export async function agree(
  subtle: SubtleCrypto,
  secret: string,
  other: string,
  algorithm: Kind,
): Promise<string> {
  const privateKey = await subtle.importKey("pkcs8", bytes(secret), algorithm, false, ["deriveBits"]);
  const publicKey = await subtle.importKey("spki", bytes(other), algorithm, false, []);
  const params = { name: algorithm.name, public: publicKey };
  return [
    hex(await subtle.deriveBits(params, privateKey, null)),
    hex(await subtle.deriveBits(params, privateKey, 128)),
  ].join();
}

const OAEP = { name: "RSA-OAEP", hash: "SHA-256" };

export async function seal(subtle: SubtleCrypto, spki: string): Promise<string> {
  const key = await subtle.importKey("spki", bytes(spki), OAEP, false, ["encrypt"]);
  return hex(await subtle.encrypt({ name: "RSA-OAEP", label: DATA }, key, DATA));
}

export async function open(subtle: SubtleCrypto, pkcs8: string, sealed: string): Promise<string> {
  const key = await subtle.importKey("pkcs8", bytes(pkcs8), OAEP, false, ["decrypt"]);
  return new TextDecoder().decode(
    await subtle.decrypt({ name: "RSA-OAEP", label: DATA }, key, bytes(sealed)),
  );
}
