import { describeValue } from "../describe-value.ts";
import { isSdkErrorNamed, SdkError } from "../sdk-error.ts";

/**
 * A value is not of its WIT type.
 *
 * @example
 * ```ts
 * try {
 *   await counter.call(add, Number(input));
 * } catch (error) {
 *   if (!isWitValueError(error)) throw error;
 *   log.warn("that cannot be added", { at: error.path, reason: error.message });
 * }
 * ```
 */
export class WitValueError extends SdkError {
  override readonly name = "WitValueError" as const;
  /** Where in the value: `lines[0].quantity`; empty for the value itself. */
  readonly path: string;

  constructor(operation: string, path: string, expected: string, found: unknown) {
    const at = path === "" ? "The value" : `The value at ${path}`;
    super({
      code: "wit-value",
      operation,
      message: `${at} is ${describeValue(found)}, but its type is ${expected}.`,
    });
    this.path = path;
  }
}

/**
 * Whether `error` is a {@link WitValueError}.
 *
 * @example
 * ```ts
 * if (isWitValueError(error)) log.warn("the value is not of its type", { at: error.path });
 * ```
 */
export function isWitValueError(error: unknown): error is WitValueError {
  return isSdkErrorNamed(error, "WitValueError");
}

/** How errors name the place of a field, an element or a payload. */
export function pathTo(path: string, step: string): string {
  return path === "" ? step : `${path}.${step}`;
}
