import { describeValue } from "./describe-value.ts";
import { isSdkErrorNamed, SdkError } from "./sdk-error.ts";

/**
 * A WIT `result` as a value.
 *
 * @example
 * ```ts
 * const total: Result<number, string> = { tag: "ok", val: 2_100 };
 * ```
 */
export type Result<T, E> = { readonly tag: "ok"; readonly val: T } | { readonly tag: "err"; readonly val: E };

/**
 * The `err` of a WIT `result`. An export that returns a result throws it to answer `err`: the bindings take the
 * `payload` of what is thrown. {@link unwrap} throws it for an `err` that another component answered.
 *
 * @example
 * ```ts
 * if (lines.length === 0) throw new ResultError<OrderError>({ tag: "empty" });
 * ```
 */
export class ResultError<E = unknown> extends SdkError {
  override readonly name = "ResultError" as const;
  readonly payload: E;

  constructor(payload: E) {
    super({
      code: "result-err",
      operation: "result",
      message: `The result is err(${describeValue(payload)})`,
      cause: payload,
    });
    this.payload = payload;
  }
}

/**
 * Whether `error` is a {@link ResultError}.
 *
 * @example
 * ```ts
 * const answer = await call(orders.place("key-1"));
 * try {
 *   unwrap(answer);
 * } catch (error) {
 *   if (isResultError(error)) log.warn("not placed", { reason: error.payload });
 *   else throw error;
 * }
 * ```
 */
export function isResultError(error: unknown): error is ResultError {
  return isSdkErrorNamed(error, "ResultError");
}

/**
 * The `ok` of a WIT `result`. An export that returns a result may let the error pass: the bindings return its `payload`
 * as this export's own `err`.
 *
 * @throws ResultError with the `err` as its `payload`
 * @example
 * ```ts
 * const order = unwrap(await call(orders.place("key-1")));
 * ```
 */
export function unwrap<R extends Result<unknown, unknown>>(result: R): OkOf<R> {
  if (result.tag === "err") throw new ResultError(result.val);
  return result.val as OkOf<R>;
}

type OkOf<R> = Extract<R, { readonly tag: "ok" }> extends { readonly val: infer T } ? T : undefined;
