import { createPromise as createHostPromise } from "golem:api/host@1.1.6";

import { optionalJsonCodec, type Codec, type JsonValue } from "./codec.ts";
import { DurablePromise } from "./promise/durable-promise.ts";
import { PromiseError } from "./promise/promise-error.ts";
import { promiseIdFromText } from "./promise/promise-id.ts";
import type { InputOf, OutputOf, StandardSchema } from "./standard-schema.ts";
import { valueFormat, type FormatOptions, type ValueFormat } from "./value-format.ts";

export { DurablePromise, type WaitOptions } from "./promise/durable-promise.ts";
export { isPromiseError, PromiseError, type PromiseErrorCode } from "./promise/promise-error.ts";

/**
 * Makes a promise that this worker can wait for. It belongs to the worker, and is gone with it.
 *
 * In an atomic region a promise is made anew each time that the region is repeated. So make it before.
 *
 * Stands on `golem:api/host.create-promise`; the world imports `golem:api/host@1.1.6`, and for `wait`
 * `wasi:clocks/monotonic-clock@0.2.0` and `wasi:io/poll@0.2.0`.
 *
 * @param options.schema any Standard Schema: values travel as JSON and are checked when completed and when read
 * @param options.codec how values become bytes @default JSON, and no bytes at all for `undefined`: of a promise that
 *   only says when, a `createPromise<void>()`
 * @example
 * ```ts
 * interface Decision { approved: boolean }
 *
 * const approval = createPromise<Decision>();
 * await fetch("https://office.example/approve", { method: "POST", body: approval.id });
 * const { approved } = await approval.await();
 * ```
 */
export function createPromise<S extends StandardSchema>(options: {
  readonly schema: S;
}): DurablePromise<OutputOf<S>, InputOf<S>>;
export function createPromise<T>(options: { readonly codec: Codec<T> }): DurablePromise<T>;
export function createPromise<T = JsonValue>(): DurablePromise<T>;
export function createPromise(options: FormatOptions = {}): DurablePromise<unknown> {
  return new DurablePromise(createHostPromise(), promiseFormat(options));
}

/**
 * A promise that somebody made, by the id that was handed on: to complete it, or to wait for one's own again.
 *
 * @param id as {@link DurablePromise.id} gives it
 * @param options as the promise was made with
 * @throws PromiseError `promise-id`
 * @example
 * ```ts
 * const first = await openPromise<Decision>(id).complete({ approved: true }); // false: somebody was faster
 * ```
 */
export function openPromise<S extends StandardSchema>(
  id: string,
  options: { readonly schema: S },
): DurablePromise<OutputOf<S>, InputOf<S>>;
export function openPromise<T>(id: string, options: { readonly codec: Codec<T> }): DurablePromise<T>;
export function openPromise<T = JsonValue>(id: string): DurablePromise<T>;
export function openPromise(id: string, options: FormatOptions = {}): DurablePromise<unknown> {
  return new DurablePromise(promiseIdFromText(id), promiseFormat(options));
}

function promiseFormat(options: FormatOptions): ValueFormat<unknown, unknown, string> {
  return valueFormat(
    { codec: optionalJsonCodec(), ...options },
    (operation: string, reason, cause) =>
      new PromiseError({
        code: "promise-value",
        operation,
        message: `The value of ${operation} does not fit the promise's schema: ${reason}`,
        cause,
      }),
  );
}
