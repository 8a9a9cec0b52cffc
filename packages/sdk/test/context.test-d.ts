import { expectTypeOf } from "vitest";

import type { Span } from "../src/context.ts";
import {
  contextAttribute,
  contextAttributeChain,
  currentContext,
  setTraceHeaders,
  startSpan,
  traceHeaders,
  useTraceHeaders,
  withSpan,
  withTraceHeaders,
  type Attributes,
  type InvocationContext,
  type SpanSnapshot,
  type Timestamp,
} from "../src/context.ts";

const span = startSpan("charge", { customer: "c-7" });
expectTypeOf(span).toEqualTypeOf<Span>();
expectTypeOf(span).toExtend<Disposable>();
expectTypeOf(span.name).toEqualTypeOf<string>();
expectTypeOf(span.startedAt).toEqualTypeOf<Timestamp>();
expectTypeOf(span.set({ customer: "c-8" })).toEqualTypeOf<void>();
expectTypeOf<Parameters<Span["set"]>>().toEqualTypeOf<[attributes: Attributes]>();
expectTypeOf(span.finish()).toEqualTypeOf<void>();
// @ts-expect-error attributes are text
span.set({ total: 5 });
expectTypeOf(withSpan("charge", {}, async (inner) => inner.name.length)).resolves.toEqualTypeOf<number>();

expectTypeOf(currentContext).toEqualTypeOf<() => InvocationContext>();
expectTypeOf(currentContext().spans[0]).toEqualTypeOf<SpanSnapshot>();
expectTypeOf(currentContext().attributes).toEqualTypeOf<Attributes>();
expectTypeOf(contextAttribute("customer", { inherited: false })).toEqualTypeOf<string | undefined>();
expectTypeOf(contextAttributeChain).toEqualTypeOf<(key: string) => string[]>();

expectTypeOf(traceHeaders).toEqualTypeOf<() => boolean>();
expectTypeOf(setTraceHeaders).toEqualTypeOf<(allow: boolean) => void>();
expectTypeOf(useTraceHeaders).toEqualTypeOf<(allow: boolean) => Disposable>();
expectTypeOf(withTraceHeaders(false, () => "done")).resolves.toEqualTypeOf<string>();
