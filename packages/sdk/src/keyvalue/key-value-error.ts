import { reasonOf } from "../reason-of.ts";
import { refuseLoneSurrogates } from "../lone-surrogate.ts";
import { payloadOf } from "../result-error.ts";
import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * Why a {@link KeyValueError} was thrown.
 *
 * @example
 * ```ts
 * const code: KeyValueErrorCode = "keyvalue-invalid-value";
 * ```
 */
export type KeyValueErrorCode = "keyvalue-store" | "keyvalue-invalid-value" | "keyvalue-invalid-name";

/**
 * An operation of a bucket failed.
 *
 * @example
 * ```ts
 * try {
 *   await openBucket("products").get("tea");
 * } catch (error) {
 *   if (!isKeyValueError(error)) throw error;
 *   log.error("no products", { bucket: error.bucket, key: error.key, cause: error.cause });
 * }
 * ```
 */
export class KeyValueError extends SdkError {
  override readonly name = "KeyValueError" as const;
  declare readonly code: KeyValueErrorCode;
  readonly bucket: string;
  /** Absent for operations that concern several keys. */
  readonly key: string | undefined;

  constructor(
    code: KeyValueErrorCode,
    { operation, bucket, key }: KeyValueOperation,
    reason: string,
    cause: unknown,
  ) {
    const subject = key === undefined ? "" : `("${key}")`;
    super({
      code,
      operation,
      message: `${operation}${subject} of the bucket "${bucket}" failed: ${reason}`,
      cause,
    });
    this.bucket = bucket;
    this.key = key;
  }
}

/**
 * Whether `error` is a {@link KeyValueError}.
 *
 * @example
 * ```ts
 * const isUnfit = (error: unknown): boolean => isKeyValueError(error) && error.code === "keyvalue-invalid-value";
 * ```
 */
export function isKeyValueError(error: unknown): error is KeyValueError {
  return isSdkErrorNamed(error, "KeyValueError");
}

/** What a bucket is doing. */
export interface KeyValueOperation {
  readonly operation: string;
  readonly bucket: string;
  readonly key?: string | undefined;
  /** When it concerns several. */
  readonly keys?: readonly string[] | undefined;
}

/**
 * Runs calls of the store; what they throw becomes a {@link KeyValueError} with the store's own words. Names that would
 * become other names on the way there are refused.
 */
export function storeCall<T>(operation: KeyValueOperation, call: () => T): T {
  const { bucket, key, keys = key === undefined ? [] : [key] } = operation;
  refuseLoneSurrogates([bucket, ...keys], (reason) => {
    return new KeyValueError("keyvalue-invalid-name", operation, reason, undefined);
  });
  try {
    return call();
  } catch (thrown) {
    const payload = payloadOf(thrown);
    const trace = traceOf(payload);
    throw new KeyValueError("keyvalue-store", operation, trace ?? reasonOf(payload), trace ?? payload);
  }
}

/** The text of a `wasi:keyvalue` error, whose handle is dropped with it. */
function traceOf(payload: unknown): string | undefined {
  if (typeof payload !== "object" || payload === null || !("trace" in payload)) return undefined;
  const { trace } = payload;
  if (typeof trace !== "function") return undefined;
  try {
    return String(trace.call(payload));
  } finally {
    if (Symbol.dispose in payload) (payload as Disposable)[Symbol.dispose]();
  }
}
