import { CryptoKey } from "./crypto/crypto-key.ts";
import { SubtleCrypto } from "./crypto/subtle-crypto.ts";

/**
 * Puts a whole `crypto.subtle` in place of the engine's, which knows few algorithms, signs wrongly with keys that are JSON Web
 * Keys, and ends the worker for good when it reads a public one. Where random numbers come from does not change.
 */
function installCrypto(): void {
  const hidden = { configurable: true, writable: true };
  Object.defineProperties(globalThis, {
    CryptoKey: { ...hidden, value: CryptoKey },
    SubtleCrypto: { ...hidden, value: SubtleCrypto },
  });
  const subtle = new SubtleCrypto();
  Object.defineProperty(crypto, "subtle", { configurable: true, enumerable: true, value: subtle });
}

installCrypto();
