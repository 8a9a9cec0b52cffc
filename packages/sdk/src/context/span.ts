import { startSpan as startHostSpan, type Span as HostSpan } from "golem:api/context@1.1.6";

import { requireFunction } from "../durability/require-function.ts";
import { SdkError } from "../sdk-error.ts";
import { toTimestamp, type Timestamp } from "../timestamp.ts";
import { toAttributes, type Attributes } from "./attributes.ts";

/**
 * A part of an invocation, in the trace that the invocation belongs to. Made by {@link startSpan}.
 *
 * @example
 * ```ts
 * using span: Span = startSpan("charge");
 * span.set({ customer });
 * ```
 */
export class Span implements Disposable {
  readonly name: string;
  readonly #span: HostSpan;
  #finished = false;

  /** Made by {@link startSpan}. */
  constructor(name: string, span: HostSpan) {
    this.name = name;
    this.#span = span;
  }

  /** Stands on `golem:api/context.span.started-at`. @throws SdkError `span-finished` */
  get startedAt(): Timestamp {
    if (!this.#finished) return toTimestamp(this.#span.startedAt());
    throw new SdkError({
      code: "span-finished",
      operation: "span.startedAt",
      message: `The span "${this.name}" is finished, and tells nothing any more. Ask it before.`,
    });
  }

  /**
   * Says what the span is about; a name that was set before gets the new value. Does nothing once the span is finished.
   * Stands on `golem:api/context.span.set-attribute`, and for several on `set-attributes`.
   *
   * @example
   * ```ts
   * span.set({ customer: "c-7", total: String(total) });
   * ```
   */
  set(attributes: Attributes): void {
    if (this.#finished) return;
    const all = toAttributes(attributes);
    const [first] = all;
    if (first !== undefined && all.length === 1) this.#span.setAttribute(first.key, first.value);
    else this.#span.setAttributes(all);
  }

  /** Ends the span now; ending it again does nothing. Stands on `golem:api/context.span.finish`. */
  finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    try {
      this.#span.finish();
    } finally {
      this.#span[Symbol.dispose]();
    }
  }

  [Symbol.dispose](): void {
    this.finish();
  }
}

/**
 * Begins a span inside the current one, until it is finished: by `using`, at the end of the block. Spans nest by the time
 * at which they begin and end, in the whole worker; of flows that run side by side, one may find itself in a span of the
 * other.
 *
 * Stands on `golem:api/context.start-span`; the world imports `golem:api/context@1.1.6`.
 *
 * @example
 * ```ts
 * using span = startSpan("charge", { customer });
 * ```
 */
export function startSpan(name: string, attributes: Attributes = {}): Span {
  const span = new Span(name, startHostSpan(name));
  if (Object.keys(attributes).length > 0) span.set(attributes);
  return span;
}

/**
 * Runs `body` in a span of its own, which ends with it: however it ends, by an exception too, which the attribute `error`
 * tells.
 *
 * Stands on `golem:api/context.start-span`.
 *
 * @throws SdkError `not-a-function`; what `body` throws
 * @example
 * ```ts
 * const receipt = await withSpan("charge", { customer }, async (span) => {
 *   const answer = await call(payment.charge(total));
 *   span.set({ receipt: answer.number });
 *   return answer;
 * });
 * ```
 */
export async function withSpan<T>(
  name: string,
  attributes: Attributes,
  body: (span: Span) => T | Promise<T>,
): Promise<T> {
  requireFunction("withSpan", body);
  using span = startSpan(name, attributes);
  try {
    return await body(span);
  } catch (error) {
    span.set({ error: String(error) });
    throw error;
  }
}
