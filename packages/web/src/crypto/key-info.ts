import type { Bytes } from "./bytes.ts";
import { bits, DerReader, identifier, integer, octets, sequence } from "./der.ts";

/** A key in its envelope: SubjectPublicKeyInfo (RFC 5280) or PrivateKeyInfo (RFC 5208). */
export interface KeyInfo {
  /** Hex of the algorithm's identifier. */
  readonly algorithm: string;
  /** Hex of the identifier of the curve, if the algorithm has one. */
  readonly curve: string | undefined;
  readonly key: Uint8Array;
}

const OBJECT_IDENTIFIER = 0x06;

export function readPublicKeyInfo(bytes: Uint8Array): KeyInfo {
  const outer = new DerReader(bytes);
  const info = outer.sequence();
  outer.end();
  const algorithm = readAlgorithm(info.sequence());
  const key = info.bits();
  info.end();
  return { ...algorithm, key };
}

export function readPrivateKeyInfo(bytes: Uint8Array): KeyInfo {
  const outer = new DerReader(bytes);
  const info = outer.sequence();
  outer.end();
  info.integer();
  // Attributes and a public key may follow.
  return { ...readAlgorithm(info.sequence()), key: info.octets() };
}

function readAlgorithm(reader: DerReader): Pick<KeyInfo, "algorithm" | "curve"> {
  const algorithm = reader.identifier();
  return { algorithm, curve: reader.isNext(OBJECT_IDENTIFIER) ? reader.identifier() : undefined };
}

/** @param parameters DER of what follows the algorithm's identifier */
export function publicKeyInfo(algorithm: string, parameters: readonly Uint8Array[], key: Uint8Array): Bytes {
  return sequence(sequence(identifier(algorithm), ...parameters), bits(key));
}

/** @param parameters DER of what follows the algorithm's identifier */
export function privateKeyInfo(algorithm: string, parameters: readonly Uint8Array[], key: Uint8Array): Bytes {
  return sequence(integer(0n), sequence(identifier(algorithm), ...parameters), octets(key));
}
