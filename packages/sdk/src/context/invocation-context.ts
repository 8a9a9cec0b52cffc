import {
  currentContext as currentHostContext,
  type InvocationContext as HostContext,
} from "golem:api/context@1.1.6";

import { fromAttributes, type Attributes } from "./attributes.ts";

/**
 * A span as it was when it was asked for.
 *
 * @example
 * ```ts
 * const isTest = ({ attributes }: SpanSnapshot): boolean => attributes["test"] === "true";
 * const inTest = currentContext().spans.some(isTest);
 * ```
 */
export interface SpanSnapshot {
  readonly spanId: string;
  /** Its own. */
  readonly attributes: Attributes;
}

/**
 * Where in which trace the worker is, as a plain object.
 *
 * @example
 * ```ts
 * const { headers }: InvocationContext = currentContext();
 * const job = { orderId, headers }; // whoever takes the job from a queue can go on with the trace
 * ```
 */
export interface InvocationContext {
  readonly traceId: string;
  /** The current span and those around it, innermost first; the last is the invocation's. */
  readonly spans: readonly [SpanSnapshot, ...SpanSnapshot[]];
  /** Of the current span and those around it; the innermost value of each. */
  readonly attributes: Attributes;
  /** All values of each attribute, innermost first. */
  readonly attributeChains: Readonly<Record<string, readonly string[]>>;
  /** `traceparent` and `tracestate`, to hand the trace on by other ways than HTTP, which carries them by itself. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The context of the invocation that runs, as it is now. It is not part of the oplog, but the same on replay.
 *
 * Stands on `golem:api/context.current-context` and every method of its `invocation-context`.
 *
 * @example
 * ```ts
 * log.info("charging", { trace: currentContext().traceId });
 * ```
 */
export function currentContext(): InvocationContext {
  using context = currentHostContext();
  return {
    traceId: context.traceId(),
    spans: [snapshot(context), ...ancestors(context)],
    attributes: fromAttributes(context.getAttributes(true)),
    attributeChains: Object.fromEntries(
      context.getAttributeChains().map(({ key, values }) => [key, values.map(({ val }) => val)]),
    ),
    headers: Object.fromEntries(context.traceContextHeaders()),
  };
}

/**
 * The value of one attribute in the current span, or else in those around it; `undefined` if none has it.
 *
 * Stands on `golem:api/context.invocation-context.get-attribute`.
 *
 * @param options.inherited looks in the spans around it too @default true
 * @example
 * ```ts
 * const customer = contextAttribute("customer");
 * ```
 */
export function contextAttribute(
  key: string,
  { inherited = true }: { readonly inherited?: boolean } = {},
): string | undefined {
  using context = currentHostContext();
  return context.getAttribute(key, inherited)?.val;
}

/**
 * The values of one attribute in the current span and those around it, innermost first.
 *
 * Stands on `golem:api/context.invocation-context.get-attribute-chain`.
 *
 * @example
 * ```ts
 * const path = contextAttributeChain("name").toReversed().join("/");
 * ```
 */
export function contextAttributeChain(key: string): string[] {
  using context = currentHostContext();
  return context.getAttributeChain(key).map(({ val }) => val);
}

function snapshot(context: HostContext): SpanSnapshot {
  return { spanId: context.spanId(), attributes: fromAttributes(context.getAttributes(false)) };
}

function ancestors(context: HostContext): SpanSnapshot[] {
  const parent = context.parent();
  if (parent === undefined) return [];
  using owned = parent;
  return [snapshot(owned), ...ancestors(owned)];
}
