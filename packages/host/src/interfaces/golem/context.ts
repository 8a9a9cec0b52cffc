import type { Span } from "../tracing.ts";
import { direct, type HostInterface } from "../host-interface.ts";
import type { TracingPort } from "../ports.ts";

interface AttributeValue {
  readonly tag: "string";
  readonly val: string;
}

interface Attribute {
  readonly key: string;
  readonly value: AttributeValue;
}

/** The values of an attribute in the span and its ancestors, innermost first. */
function chainOf(span: Span, key: string): readonly AttributeValue[] {
  return span.chain().flatMap(({ attributes }) => {
    const val = attributes.get(key);
    return val === undefined ? [] : [{ tag: "string" as const, val }];
  });
}

function keysOf(span: Span, inherited: boolean): readonly string[] {
  const spans = inherited ? span.chain() : [span];
  return [...new Set(spans.flatMap(({ attributes }) => Array.from(attributes.keys())))];
}

function valueOf(span: Span, key: string, inherited: boolean): AttributeValue | undefined {
  return inherited || span.attributes.has(key) ? chainOf(span, key)[0] : undefined;
}

function attributesOf(span: Span, inherited: boolean): readonly Attribute[] {
  return keysOf(span, inherited).flatMap((key) => {
    const value = valueOf(span, key, inherited);
    return value === undefined ? [] : [{ key, value }];
  });
}

const finish = direct<TracingPort>((context, span: Span) => context.tracing.finish(span));

/** golem:api/context. An `invocation-context` is the span that it was asked for in. */
export const context: HostInterface<TracingPort> = {
  name: "golem:api/context",
  functions: {
    "start-span": direct(({ tracing }, name: string) => tracing.start(name)),
    "current-context": direct(({ tracing }) => tracing.current),
    "allow-forwarding-trace-context-headers": direct(({ tracing }, allow: boolean) => {
      const before = tracing.forwardHeaders;
      tracing.forwardHeaders = allow;
      return before;
    }),
    "[method]span.started-at": direct((_, { startedAt }: Span) => ({
      seconds: BigInt(Math.floor(startedAt / 1_000)),
      nanoseconds: Math.floor((startedAt % 1_000) * 1_000_000),
    })),
    "[method]span.set-attribute": direct(({ tracing }, span: Span, name: string, value: AttributeValue) =>
      tracing.setAttribute(span, name, value.val),
    ),
    "[method]span.set-attributes": direct(
      ({ tracing }: TracingPort, span: Span, attributes: readonly Attribute[]) => {
        for (const { key, value } of attributes) tracing.setAttribute(span, key, value.val);
      },
    ),
    "[method]span.finish": finish,
    "[resource-drop]span": finish,
    "[method]invocation-context.trace-id": direct(({ tracing }) => tracing.traceId),
    "[method]invocation-context.span-id": direct((_, span: Span) => span.id),
    "[method]invocation-context.parent": direct((_, span: Span) => span.parent),
    "[method]invocation-context.get-attribute": direct((_, span: Span, key: string, inherited: boolean) =>
      valueOf(span, key, inherited),
    ),
    "[method]invocation-context.get-attributes": direct((_, span: Span, inherited: boolean) =>
      attributesOf(span, inherited),
    ),
    "[method]invocation-context.get-attribute-chain": direct((_, span: Span, key: string) =>
      chainOf(span, key),
    ),
    "[method]invocation-context.get-attribute-chains": direct((_, span: Span) =>
      keysOf(span, true).map((key) => ({ key, values: chainOf(span, key) })),
    ),
    "[method]invocation-context.trace-context-headers": direct(({ tracing }, span: Span) =>
      tracing.headers(span),
    ),
  },
};
