import type { TraceParent } from "../ground/api/trace.ts";

/** A part of an invocation: as the guest divides it, or a call that it makes. */
export interface Span {
  readonly id: string;
  readonly parent: Span | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly finished: boolean;
  /** The span itself, then its ancestors, innermost first. */
  chain(): readonly Span[];
}

/** The spans of what an instance runs. */
export interface Tracing {
  readonly traceId: string;
  readonly current: Span;
  /** Whether outgoing HTTP requests carry the trace. @default true */
  forwardHeaders: boolean;
  /**
   * Begins a child of a span. If that is the current one, the child now is.
   *
   * @param parent @default the current span
   */
  start(name: string, more?: Readonly<Record<string, string>>, parent?: Span): Span;
  /** What is done elsewhere within the span is part of. */
  around(span: Span): TraceParent;
  setAttribute(span: Span, key: string, value: string): void;
  /** Ends a span; ending it again does nothing. */
  finish(span: Span): void;
  /** `traceparent`, as the W3C has it. */
  headers(span: Span): readonly (readonly [name: string, value: string])[];
}
