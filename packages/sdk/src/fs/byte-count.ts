import { FsError, type FsOperation } from "./fs-error.ts";

/**
 * A number of bytes, or a position in a file, as the platform takes it.
 *
 * @param what names it in the error: `The length`
 * @throws FsError `EINVAL` for what is no whole number from 0
 */
export function byteCount(operation: FsOperation, what: string, value: number): bigint {
  if (Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  const reason = `${what} is ${value}; it must be a whole number of bytes, 0 or more`;
  throw new FsError(operation, "invalid", { reason });
}
