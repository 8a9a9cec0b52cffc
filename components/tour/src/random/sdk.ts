import { insecureRandomBytes, insecureSeed, randomBytes } from "@golem-kit/sdk/random";

export function random(length: number): Uint32Array {
  const seed = BigUint64Array.from(insecureSeed());
  return Uint32Array.from(
    [randomBytes(length), insecureRandomBytes(length), seed],
    ({ byteLength }) => byteLength,
  );
}
