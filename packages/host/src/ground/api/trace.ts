/** A span that went on when an invocation was asked for. */
export interface TraceSpan {
  readonly spanId: string;
  readonly parentId: string | null;
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** It is one of another worker. */
  readonly inherited: boolean;
}

/** What an invocation is part of: a request, or what the worker does that calls another one. */
export interface TraceParent {
  readonly traceId: string;
  /** Innermost first. */
  readonly spans: readonly TraceSpan[];
}
