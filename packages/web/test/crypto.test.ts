import { join } from "node:path";
import { webcrypto } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agree, check, type Made, make, open, RSA, seal, SIGNING } from "./crypto-exchange.ts";
import { hex, scenarios } from "./crypto-scenarios.ts";
import { WebComponent } from "./web-component.ts";

const subtle = webcrypto.subtle as SubtleCrypto;

const program = `
import { agree, check, make, open, seal } from ${JSON.stringify(join(import.meta.dirname, "crypto-exchange.ts"))};
import { scenarios } from ${JSON.stringify(join(import.meta.dirname, "crypto-scenarios.ts"))};
const { subtle } = crypto;
const refusal = (subtle, algorithm) => make(subtle, algorithm).then(() => "it is made", String);
const functions = { agree, check, make, open, refusal, seal, scenario: (_, name) => scenarios[name](subtle) };

export const api = {
  run: async (name, args) => JSON.stringify((await functions[name](subtle, ...JSON.parse(args))) ?? null),
};
`;

let component: WebComponent;
let rsa: { readonly pkcs8: string; readonly spki: string };

beforeAll(async () => {
  component = await WebComponent.build(program);
  const algorithm = {
    name: "RSA-OAEP",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
  };
  const pair = await subtle.generateKey(algorithm, true, ["encrypt", "decrypt"]);
  rsa = {
    pkcs8: hex(await subtle.exportKey("pkcs8", pair.privateKey)),
    spki: hex(await subtle.exportKey("spki", pair.publicKey)),
  };
});

afterAll(() => component[Symbol.asyncDispose]());

describe("a component computes what Node computes:", () => {
  test.for(Object.entries(scenarios))("%s", async ([name, scenario]) => {
    expect(await component.run("scenario", name)).toEqual(JSON.parse(JSON.stringify(await scenario(subtle))));
  });
});

test("a digest is that of FIPS 180", async () => {
  const { digests = () => Promise.reject(new Error("there is none")) } = scenarios;
  expect(await digests(subtle)).toHaveLength(4);
  expect(hex(await subtle.digest("SHA-256", new TextEncoder().encode("abc")))).toMatch(/^ba7816bf/);
});

describe("what one side makes, the other reads and verifies:", () => {
  test.for(SIGNING)("keys and signatures of $name $namedCurve", async (algorithm) => {
    const theirs = (await component.run("make", algorithm)) as Made;
    expect(await check(subtle, theirs)).toEqual(readAs(theirs));
    const ours = await make(subtle, algorithm);
    expect(await component.run("check", ours)).toEqual(readAs(ours));
  });

  test.for(RSA)("keys and signatures of $name with $hash", async (algorithm) => {
    const theirs = (await component.run("make", algorithm, rsa)) as Made;
    expect(await check(subtle, theirs)).toEqual(readAs(theirs));
    const ours = await make(subtle, algorithm, rsa);
    expect(await component.run("check", ours)).toEqual(readAs(ours));
  });

  test("what RSA-OAEP encrypts", async () => {
    expect(await component.run("open", rsa.pkcs8, await seal(subtle, rsa.spki))).toBe("what both sides know");
    expect(await open(subtle, rsa.pkcs8, (await component.run("seal", rsa.spki)) as string)).toBe(
      "what both sides know",
    );
  });
});

test.for([
  { name: "ECDH", namedCurve: "P-256" },
  { name: "ECDH", namedCurve: "P-384" },
  { name: "ECDH", namedCurve: "P-521" },
  { name: "X25519" },
])("both sides agree on a secret by $name $namedCurve", async (algorithm) => {
  const generate = () => subtle.generateKey(algorithm, true, ["deriveBits"]) as Promise<CryptoKeyPair>;
  const [ours, theirs] = [await generate(), await generate()];
  const secret = hex(await subtle.exportKey("pkcs8", theirs.privateKey));
  const spki = hex(await subtle.exportKey("spki", ours.publicKey));
  expect(await component.run("agree", secret, spki, algorithm)).toEqual(
    await agree(subtle, secret, spki, algorithm),
  );
});

/** As a side has to read what the other made. */
function readAs({ pkcs8, spki, privateJwk, publicJwk }: Made) {
  return { pkcs8, spki, privateJwk, publicJwk, verified: true, spoilt: false, ownVerified: true };
}

test("a key of RSA, which would take too long, is refused with what can be made", async () => {
  expect(await component.run("refusal", RSA[0])).toMatch(
    /^NotSupportedError: RSASSA-PKCS1-v1_5 cannot generate here\. These can: .*Ed25519/,
  );
});
