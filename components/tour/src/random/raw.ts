import { insecureSeed } from "wasi:random/insecure-seed@0.2.0";
import { getInsecureRandomBytes } from "wasi:random/insecure@0.2.0";
import { getRandomBytes } from "wasi:random/random@0.2.0";

export function random(length: number): Uint32Array {
  const secure = getRandomBytes(BigInt(length));
  const insecure = getInsecureRandomBytes(BigInt(length));
  const seed = BigUint64Array.from(insecureSeed());
  return Uint32Array.from([secure, insecure, seed], ({ byteLength }) => byteLength);
}
