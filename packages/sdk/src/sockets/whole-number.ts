import { SocketError } from "./socket-error.ts";

export const LARGEST_U8 = 2 ** 8 - 1;
export const LARGEST_U16 = 2 ** 16 - 1;
export const LARGEST_U32 = 2 ** 32 - 1;

/**
 * A number that the platform can take: the bindings would cut others to size without a word.
 *
 * @throws SocketError `invalid-argument` for what is no whole number from 0 to `largest`
 */
export function wholeNumber(operation: string, value: number, largest = Number.MAX_SAFE_INTEGER): number {
  if (Number.isInteger(value) && value >= 0 && value <= largest) return value;
  const reason = `${value} is no whole number from 0 to ${largest}`;
  throw new SocketError("invalid-argument", operation, reason);
}
