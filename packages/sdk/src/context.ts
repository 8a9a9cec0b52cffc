/** Tracing: where an invocation is, and the spans that it consists of. */
export type { Attributes } from "./context/attributes.ts";
export {
  contextAttribute,
  contextAttributeChain,
  currentContext,
  type InvocationContext,
  type SpanSnapshot,
} from "./context/invocation-context.ts";
export { Span, startSpan, withSpan } from "./context/span.ts";
export { setTraceHeaders, traceHeaders, useTraceHeaders, withTraceHeaders } from "./context/trace-headers.ts";
export type { Timestamp } from "./timestamp.ts";
