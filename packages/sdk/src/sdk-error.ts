/** In the registry of all realms and bundles, so that guards recognise errors of another copy of this package. */
const brand = Symbol.for("@golem-kit/sdk/error");

/**
 * What every error of this package is made of.
 *
 * @example
 * ```ts
 * class StockError extends SdkError {
 *   constructor(details: SdkErrorDetails) {
 *     super(details);
 *   }
 * }
 * ```
 */
export interface SdkErrorDetails {
  /** Stable, for programs. */
  readonly code: string;
  /** What was attempted, as the caller would write it: `bucket.get("products", "tea")`. */
  readonly operation: string;
  /** What happened, with the value; why; what to do. */
  readonly message: string;
  /** What the platform answered, unchanged. */
  readonly cause?: unknown;
}

/**
 * The base of every error that this package throws.
 *
 * @example
 * ```ts
 * try {
 *   await products.get("tea");
 * } catch (error) {
 *   if (isSdkError(error)) log.error(error.message, { code: error.code, operation: error.operation });
 *   throw error;
 * }
 * ```
 */
export class SdkError extends Error {
  override readonly name: string = "SdkError";
  readonly code: string;
  readonly operation: string;

  constructor({ code, operation, message, cause }: SdkErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.operation = operation;
    Object.defineProperty(this, brand, { value: true });
  }
}

/**
 * Whether `error` comes from this package, whichever bundle it was made in; with `code`, only errors of that code.
 *
 * @example
 * ```ts
 * const isMissing = (error: unknown): boolean => isSdkError(error, "ENOENT");
 * ```
 */
export function isSdkError(error: unknown, code?: string): error is SdkError {
  if (!(error instanceof Error) || !(brand in error)) return false;
  return code === undefined || ("code" in error && error.code === code);
}

/** Whether `error` is of the class of this package that has the given `name`, whichever bundle it was made in. */
export function isSdkErrorNamed(error: unknown, name: string): boolean {
  return isSdkError(error) && error.name === name;
}
