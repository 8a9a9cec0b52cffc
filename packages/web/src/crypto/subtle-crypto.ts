import { wantedAlgorithm } from "./algorithms.ts";
import { bufferOf, bytesOf } from "./bytes.ts";
import type { CryptoKey } from "./crypto-key.ts";
import { engineDigest } from "./engine-digest.ts";
import { hashNamed } from "./hashes.ts";
import { checkIsKey, checkKey, makeKey, makePair, usagesOf } from "./key-checks.ts";
import { exported, formatOf, keyDataOf, unwrapped, wrappable } from "./key-data.ts";
import { Params } from "./params.ts";
import { webError } from "./web-error.ts";

type Pair = { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey };

/**
 * The web's `SubtleCrypto`, made of libraries, but for digests. What it computes it computes at once, on the worker's own thread.
 *
 * @see https://w3c.github.io/webcrypto/
 */
export class SubtleCrypto {
  get [Symbol.toStringTag](): string {
    return "SubtleCrypto";
  }

  async digest(algorithm: unknown, data: unknown): Promise<ArrayBuffer> {
    const hash = hashNamed(new Params(algorithm).name);
    return bufferOf(await engineDigest(hash, bytesOf(data, "what is to be digested")));
  }

  async generateKey(algorithm: unknown, extractable: unknown, usages: unknown): Promise<CryptoKey | Pair> {
    const wanted = wantedAlgorithm(algorithm, "generate");
    const asked = usagesOf(usages);
    // What would be refused is not computed first.
    const possible = Object.values(wanted.algorithm.usages).flat();
    const wrong = asked.find((each) => !possible.includes(each));
    if (wrong !== undefined || asked.length === 0) {
      throw webError(
        "SyntaxError",
        `keys of ${wanted.algorithm.name} are for ${possible.join(", ")}, not for ${wrong ?? "nothing"}`,
      );
    }
    const parts = wanted.run(wanted.params);
    if (isPair(parts)) return makePair(wanted.algorithm, parts, Boolean(extractable), asked);
    return makeKey(wanted.algorithm, parts, Boolean(extractable), asked);
  }

  async importKey(
    format: unknown,
    data: unknown,
    algorithm: unknown,
    extractable: unknown,
    usages: unknown,
  ): Promise<CryptoKey> {
    const wanted = wantedAlgorithm(algorithm, "import");
    const asked = usagesOf(usages);
    const keyData = keyDataOf(formatOf(format), data, Boolean(extractable), asked);
    return makeKey(wanted.algorithm, wanted.run(keyData, wanted.params), Boolean(extractable), asked);
  }

  async exportKey(format: unknown, key: unknown): Promise<ArrayBuffer | JsonWebKey> {
    const known = checkIsKey(key);
    const { run } = wantedAlgorithm(known.algorithm.name, "export");
    if (!known.extractable) throw webError("InvalidAccessError", "the key is not extractable");
    return exported(run(formatOf(format), known), known);
  }

  async sign(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    const wanted = wantedAlgorithm(algorithm, "sign");
    const known = checkKey(key, wanted.algorithm, "sign");
    return bufferOf(await wanted.run(wanted.params, known, bytesOf(data, "what is to be signed")));
  }

  async verify(algorithm: unknown, key: unknown, signature: unknown, data: unknown): Promise<boolean> {
    const wanted = wantedAlgorithm(algorithm, "verify");
    const known = checkKey(key, wanted.algorithm, "verify");
    const [given, signed] = [bytesOf(signature, "the signature"), bytesOf(data, "what was signed")];
    return wanted.run(wanted.params, known, given, signed);
  }

  async encrypt(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    const wanted = wantedAlgorithm(algorithm, "encrypt");
    const known = checkKey(key, wanted.algorithm, "encrypt");
    return bufferOf(wanted.run(wanted.params, known, bytesOf(data, "what is to be encrypted")));
  }

  async decrypt(algorithm: unknown, key: unknown, data: unknown): Promise<ArrayBuffer> {
    const wanted = wantedAlgorithm(algorithm, "decrypt");
    const known = checkKey(key, wanted.algorithm, "decrypt");
    return bufferOf(wanted.run(wanted.params, known, bytesOf(data, "what is to be decrypted")));
  }

  async deriveBits(algorithm: unknown, baseKey: unknown, length: number | null = null): Promise<ArrayBuffer> {
    const wanted = wantedAlgorithm(algorithm, "derive");
    const known = checkKey(baseKey, wanted.algorithm, "deriveBits");
    return bufferOf(await wanted.run(wanted.params, known, length ?? undefined));
  }

  async deriveKey(
    algorithm: unknown,
    baseKey: unknown,
    derived: unknown,
    extractable: unknown,
    usages: unknown,
  ): Promise<CryptoKey> {
    const wanted = wantedAlgorithm(algorithm, "derive");
    const length = wantedAlgorithm(derived, "keyLength");
    const known = checkKey(baseKey, wanted.algorithm, "deriveKey");
    const bits = await wanted.run(wanted.params, known, length.run(length.params));
    return this.importKey("raw", bits, derived, extractable, usages);
  }

  async wrapKey(
    format: unknown,
    key: unknown,
    wrappingKey: unknown,
    algorithm: unknown,
  ): Promise<ArrayBuffer> {
    const wanted = wrapping(algorithm, "wrap", "encrypt");
    const known = checkKey(wrappingKey, wanted.algorithm, "wrapKey");
    return bufferOf(wanted.run(wanted.params, known, wrappable(await this.exportKey(format, key))));
  }

  async unwrapKey(
    format: unknown,
    wrapped: unknown,
    unwrappingKey: unknown,
    unwrapAlgorithm: unknown,
    keyAlgorithm: unknown,
    extractable: unknown,
    usages: unknown,
  ): Promise<CryptoKey> {
    const wanted = wrapping(unwrapAlgorithm, "unwrap", "decrypt");
    const known = checkKey(unwrappingKey, wanted.algorithm, "unwrapKey");
    const bytes = wanted.run(wanted.params, known, bytesOf(wrapped, "the wrapped key"));
    return this.importKey(format, unwrapped(formatOf(format), bytes), keyAlgorithm, extractable, usages);
  }
}

function isPair<Single extends object, Two extends readonly [Single, Single]>(
  parts: Single | Two,
): parts is Two {
  return Array.isArray(parts);
}

/** What wraps keys of its own, or else encrypts anything. */
function wrapping(input: unknown, own: "wrap" | "unwrap", any: "encrypt" | "decrypt") {
  const wrapsItself = new Params(input).name.toLowerCase() === "aes-kw";
  return wrapsItself ? wantedAlgorithm(input, own) : wantedAlgorithm(input, any);
}
