import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as jose from "jose";
import { WebComponent } from "./web-component.ts";

const program = `
import * as jose from ${JSON.stringify(join(import.meta.dirname, "../../../node_modules/jose/dist/webapi/index.js"))};

const functions = {
  async sign(algorithm, jwk) {
    const key = await jose.importJWK(jwk, algorithm);
    return new jose.SignJWT({ role: "guest" }).setProtectedHeader({ alg: algorithm }).setSubject("ada").sign(key);
  },
  async verify(algorithm, jwk, token) {
    const key = await jose.importJWK(jwk, algorithm);
    const { payload } = await jose.jwtVerify(token, key);
    return payload;
  },
  encrypt: async (jwk, text) =>
    new jose.CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: "ECDH-ES+A128KW", enc: "A256GCM" })
      .encrypt(await jose.importJWK(jwk, "ECDH-ES+A128KW")),
  async mac(jwk, input) {
    const key = await crypto.subtle.importKey("jwk", jwk, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(input));
    return new Uint8Array(mac).toBase64({ alphabet: "base64url", omitPadding: true });
  },
};

export const api = { run: async (name, args) => JSON.stringify(await functions[name](...JSON.parse(args))) };
`;

let component: WebComponent;

beforeAll(async () => {
  component = await WebComponent.build(program);
});

afterAll(() => component[Symbol.asyncDispose]());

/** RFC 7515, appendix A.1. */
const rfc = {
  jwk: {
    kty: "oct",
    k: "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
  },
  input:
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
  signature: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
};

test("a key that is a JSON Web Key signs as RFC 7515 says, each time", async () => {
  expect(await component.run("mac", rfc.jwk, rfc.input)).toBe(rfc.signature);
  expect(await component.run("mac", rfc.jwk, rfc.input)).toBe(rfc.signature);
});

test.for(["HS256", "ES256", "EdDSA", "RS256", "PS256"])(
  "jose signs and verifies tokens by %s",
  async (algorithm) => {
    const [secret, open] = await keysOf(algorithm);
    const token = (await component.run("sign", algorithm, secret)) as string;
    const { payload } = await jose.jwtVerify(token, await jose.importJWK(open, algorithm));
    expect(payload).toEqual({ role: "guest", sub: "ada" });
    expect(await component.run("verify", algorithm, open, token)).toEqual({ role: "guest", sub: "ada" });
  },
);

test("jose encrypts for the key of another", async () => {
  const pair = await jose.generateKeyPair("ECDH-ES+A128KW", { crv: "P-256", extractable: true });
  const sealed = (await component.run("encrypt", await jose.exportJWK(pair.publicKey), "to you")) as string;
  const { plaintext } = await jose.compactDecrypt(sealed, pair.privateKey);
  expect(new TextDecoder().decode(plaintext)).toBe("to you");
});

async function keysOf(algorithm: string): Promise<readonly [jose.JWK, jose.JWK]> {
  if (algorithm === "HS256") return [rfc.jwk, rfc.jwk];
  const pair = await jose.generateKeyPair(algorithm, { extractable: true });
  return [await jose.exportJWK(pair.privateKey), await jose.exportJWK(pair.publicKey)];
}
