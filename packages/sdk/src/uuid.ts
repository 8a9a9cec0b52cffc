import { SdkError } from "./sdk-error.ts";

/**
 * A UUID as `golem:rpc/types` has it.
 *
 * @example
 * ```ts
 * const one: Uuid = { highBits: 0n, lowBits: 1n };
 * ```
 */
export interface Uuid {
  readonly highBits: bigint;
  readonly lowBits: bigint;
}

const UUID = /^([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})$/i;

/**
 * `6f1c3a52-…`, in lower case. Does what `golem:rpc/types.uuid-to-string` does, without asking the platform.
 *
 * @example
 * ```ts
 * const text = uuidToText({ highBits: 0n, lowBits: 1n });
 * ```
 */
export function uuidToText({ highBits, lowBits }: Uuid): string {
  const high = hex(highBits);
  const low = hex(lowBits);
  return `${high.slice(0, 8)}-${high.slice(8, 12)}-${high.slice(12)}-${low.slice(0, 4)}-${low.slice(4)}`;
}

/**
 * Whether a text is a UUID, in either case.
 *
 * @example
 * ```ts
 * const isOne = isUuid("6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a");
 * ```
 */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * Reads a UUID. Does what `golem:rpc/types.parse-uuid` does, without asking the platform.
 *
 * @throws SdkError `invalid-uuid`
 * @example
 * ```ts
 * const { highBits } = uuidFromText("6f1c3a52-9d0e-4b7a-8c21-5e4f3d2c1b0a");
 * ```
 */
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
