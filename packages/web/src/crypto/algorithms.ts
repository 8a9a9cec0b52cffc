import type { Algorithm } from "./algorithm.ts";
import { aesCbc, aesCtr, aesGcm, aesKw } from "./algorithms/aes.ts";
import { ed25519, x25519 } from "./algorithms/curve25519.ts";
import { hkdf, pbkdf2 } from "./algorithms/derivation.ts";
import { ecdh, ecdsa } from "./algorithms/ec.ts";
import { hmac } from "./algorithms/hmac.ts";
import { rsaOaep, rsaPkcs1, rsaPss } from "./algorithms/rsa.ts";
import { Params } from "./params.ts";
import { webError } from "./web-error.ts";

const ALGORITHMS: readonly Algorithm[] = [
  aesCbc,
  aesCtr,
  aesGcm,
  aesKw,
  ecdh,
  ecdsa,
  ed25519,
  hkdf,
  hmac,
  pbkdf2,
  rsaOaep,
  rsaPkcs1,
  rsaPss,
  x25519,
];

/** An algorithm that has an operation, and what a caller says of it. */
export interface Wanted<Operation extends keyof Algorithm> {
  readonly algorithm: Algorithm;
  readonly params: Params;
  readonly run: NonNullable<Algorithm[Operation]>;
}

/** @throws DOMException `NotSupportedError` for what is not there; TypeError */
export function wantedAlgorithm<Operation extends keyof Algorithm>(
  input: unknown,
  operation: Operation,
): Wanted<Operation> {
  const given = new Params(input);
  const algorithm = ALGORITHMS.find(({ name }) => name.toLowerCase() === given.name.toLowerCase());
  const run = algorithm?.[operation];
  if (algorithm === undefined || run === undefined) {
    const able = ALGORITHMS.filter((each) => each[operation] !== undefined).map(({ name }) => name);
    throw webError(
      "NotSupportedError",
      `${given.name} cannot ${operation} here. These can: ${able.join(", ")}.`,
    );
  }
  const params = new Params(
    typeof input === "string" ? algorithm.name : { ...(input as object), name: algorithm.name },
  );
  return { algorithm, params, run };
}
