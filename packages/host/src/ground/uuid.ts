import { v5 as uuidV5 } from "uuid";

/** A UUID as WIT has it: two unsigned 64-bit halves. */
export interface UuidHalves {
  readonly highBits: bigint;
  readonly lowBits: bigint;
}

/** UUID version 5: the same for the same name and namespace. @param namespace a UUID */
export function v5(name: string, namespace: string): string {
  return uuidV5(name, namespace);
}

export function uuidHalves(uuid: string): UuidHalves {
  const digits = uuid.replaceAll("-", "");
  return { highBits: BigInt(`0x${digits.slice(0, 16)}`), lowBits: BigInt(`0x${digits.slice(16)}`) };
}

export function uuidText({ highBits, lowBits }: UuidHalves): string {
  const digits = highBits.toString(16).padStart(16, "0") + lowBits.toString(16).padStart(16, "0");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
