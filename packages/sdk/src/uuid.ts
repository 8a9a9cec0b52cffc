import { SdkError } from "./sdk-error.ts";

/** A UUID as `golem:rpc/types` has it. */
export interface Uuid {
  readonly highBits: bigint;
  readonly lowBits: bigint;
}

const UUID = /^([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})$/i;

/** `6f1c3a52-…`, in lower case. */
export function uuidToText({ highBits, lowBits }: Uuid): string {
  const high = hex(highBits);
  const low = hex(lowBits);
  return `${high.slice(0, 8)}-${high.slice(8, 12)}-${high.slice(12)}-${low.slice(0, 4)}-${low.slice(4)}`;
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** @throws SdkError `invalid-uuid` */
export function uuidFromText(text: string): Uuid {
  const digits = UUID.exec(text)?.slice(1).join("");
  if (digits === undefined) {
    throw new SdkError({
      code: "invalid-uuid",
      operation: "uuidFromText",
      message: `"${text}" is not a UUID. Write it like 6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a.`,
    });
  }
  return { highBits: BigInt(`0x${digits.slice(0, 16)}`), lowBits: BigInt(`0x${digits.slice(16)}`) };
}

function hex(bits: bigint): string {
  return BigInt.asUintN(64, bits).toString(16).padStart(16, "0");
}
