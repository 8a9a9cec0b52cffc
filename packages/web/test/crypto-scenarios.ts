/** What is computed with `crypto.subtle` in a component, and again in Node, to be compared. */

type Scenario = (subtle: SubtleCrypto) => Promise<unknown>;

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value);
const counted = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, at) => (at * 7 + 3) % 256);

export function hex(data: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(data), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const HASHES = ["SHA-1", "SHA-256", "SHA-384", "SHA-512"] as const;

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "no error";
}

function failureOf(run: () => Promise<unknown>): Promise<string> {
  return run().then(() => "nothing failed", nameOf);
}

const digests: Scenario = (subtle) =>
  Promise.all(HASHES.map(async (hash) => hex(await subtle.digest(hash, counted(1_000)))));

const hmacs: Scenario = (subtle) =>
  Promise.all(
    HASHES.map(async (hash) => {
      const params = { name: "HMAC", hash };
      const raw = await subtle.importKey("raw", counted(70), params, true, ["sign", "verify"]);
      const jwk = await subtle.exportKey("jwk", raw);
      const again = await subtle.importKey("jwk", jwk, params, true, ["sign", "verify"]);
      const mac = await subtle.sign("HMAC", again, text("message"));
      const long = await subtle.importKey("raw", counted(200), params, true, ["sign"]);
      const longMac = hex(await subtle.sign("HMAC", long, counted(300)));
      const isRight = await subtle.verify("HMAC", raw, mac, text("message"));
      const isWrong = await subtle.verify("HMAC", raw, mac, text("massage"));
      return [jwk, hex(mac), isRight, isWrong, longMac, again.algorithm, again.usages];
    }),
  );

async function aes(subtle: SubtleCrypto, params: AesCbcParams | AesCtrParams | AesGcmParams, bits: number) {
  const key = await subtle.importKey("raw", counted(bits / 8), params.name, true, ["encrypt", "decrypt"]);
  const sealed = await subtle.encrypt(params, key, counted(100));
  const opened = await subtle.decrypt(params, key, sealed);
  const spoilt = new Uint8Array(sealed);
  spoilt[0] = (spoilt[0] ?? 0) ^ 1;
  const after = await subtle.decrypt(params, key, spoilt).then(hex, nameOf);
  return [hex(sealed), hex(opened), after, await subtle.exportKey("jwk", key)];
}

const ciphers: Scenario = async (subtle) => {
  const results = [];
  for (const bits of [128, 256]) {
    results.push(await aes(subtle, { name: "AES-CBC", iv: counted(16) }, bits));
    results.push(await aes(subtle, { name: "AES-CTR", counter: counted(16), length: 64 }, bits));
    // Begins anew after three blocks, and leaves what is before its eight bits.
    const counter = counted(16);
    counter[15] = 253;
    results.push(await aes(subtle, { name: "AES-CTR", counter, length: 8 }, bits));
    results.push(await aes(subtle, { name: "AES-GCM", iv: counted(12) }, bits));
    results.push(
      await aes(
        subtle,
        { name: "AES-GCM", iv: counted(20), additionalData: text("who"), tagLength: 96 },
        bits,
      ),
    );
  }
  return results;
};

const derivations: Scenario = async (subtle) => {
  const password = await subtle.importKey("raw", text("password"), "PBKDF2", false, [
    "deriveBits",
    "deriveKey",
  ]);
  const pbkdf2 = { name: "PBKDF2", hash: "SHA-256", salt: text("salt"), iterations: 50 };
  const secret = await subtle.importKey("raw", counted(32), "HKDF", false, ["deriveBits"]);
  const hkdf = { name: "HKDF", hash: "SHA-512", salt: text("salt"), info: text("info") };
  const key = await subtle.deriveKey(pbkdf2, password, { name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const mac = await subtle.deriveKey(pbkdf2, password, { name: "HMAC", hash: "SHA-1" }, true, ["sign"]);
  return [
    hex(await subtle.deriveBits(pbkdf2, password, 256)),
    hex(await subtle.deriveBits(hkdf, secret, 512)),
    hex(await subtle.exportKey("raw", key)),
    hex(await subtle.exportKey("raw", mac)),
    key.algorithm,
    mac.algorithm,
  ];
};

const wrapped: Scenario = async (subtle) => {
  const kek = await subtle.importKey("raw", counted(16), "AES-KW", true, ["wrapKey", "unwrapKey"]);
  const key = await subtle.importKey("raw", counted(32), "AES-GCM", true, ["encrypt"]);
  const sealed = await subtle.wrapKey("raw", key, kek, "AES-KW");
  const opened = await subtle.unwrapKey("raw", sealed, kek, "AES-KW", "AES-GCM", true, ["encrypt"]);
  const gcm = await subtle.importKey("raw", counted(16), "AES-GCM", true, ["wrapKey", "unwrapKey"]);
  const params = { name: "AES-GCM", iv: counted(12) };
  const asJwk = await subtle.wrapKey("jwk", key, gcm, params);
  const fromJwk = await subtle.unwrapKey("jwk", asJwk, gcm, params, "AES-GCM", true, ["encrypt"]);
  return [
    hex(sealed),
    hex(await subtle.exportKey("raw", opened)),
    hex(await subtle.exportKey("raw", fromJwk)),
  ];
};

const refusals: Scenario = async (subtle) => {
  const key = await subtle.importKey("raw", counted(16), "AES-GCM", false, ["encrypt"]);
  const gcm = { name: "AES-GCM", iv: counted(12) };
  return Promise.all([
    failureOf(() => subtle.digest("MD5", counted(1))),
    failureOf(() => subtle.exportKey("raw", key)),
    failureOf(() => subtle.decrypt(gcm, key, counted(32))),
    failureOf(() => subtle.encrypt({ name: "AES-CBC", iv: counted(16) }, key, counted(32))),
    failureOf(() => subtle.importKey("raw", counted(17), "AES-GCM", true, ["encrypt"])),
    failureOf(() => subtle.importKey("raw", counted(16), "AES-GCM", true, ["sign"])),
    failureOf(() => subtle.importKey("raw", counted(16), "AES-GCM", true, [])),
    failureOf(() => subtle.importKey("jwk", { kty: "EC" }, "AES-GCM", true, ["encrypt"])),
    failureOf(() =>
      subtle.importKey("spki", counted(30), { name: "ECDSA", namedCurve: "P-256" }, true, ["verify"]),
    ),
    failureOf(() => subtle.generateKey({ name: "AES-GCM", length: 100 }, true, ["encrypt"])),
    failureOf(() => subtle.generateKey({ name: "Threefish" }, true, ["encrypt"])),
    failureOf(() => subtle.deriveBits({ name: "ECDH", public: key }, key, 8)),
  ]);
};

/** By name; each gives the same wherever it is run. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  digests,
  hmacs,
  ciphers,
  derivations,
  wrapped,
  refusals,
};
