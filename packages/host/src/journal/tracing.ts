import type { WorkerId } from "../ground/api/worker-id.ts";
import type { TraceParent, TraceSpan } from "../ground/api/trace.ts";
import { type InvocationTrace, invocationTrace, randomSpanId } from "../oplog/invocation-trace.ts";
import type { Journal } from "./journal.ts";

/** A part of an invocation: as the guest divides it, or a call that it makes. */
export class Span {
  readonly id: string;
  readonly parent: Span | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly attributes: Map<string, string>;
  finished = false;

  constructor(
    id: string,
    parent: Span | undefined,
    startedAt: number,
    attributes: Iterable<[string, string]>,
  ) {
    this.id = id;
    this.parent = parent;
    this.startedAt = startedAt;
    this.attributes = new Map(attributes);
  }

  /** The span itself, then its ancestors, innermost first. */
  chain(): readonly Span[] {
    return [this, ...(this.parent?.chain() ?? [])];
  }
}

/** What an invocation was asked for with. */
export interface InvocationOrigin {
  readonly idempotencyKey: string;
  /** When it began, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly trace?: TraceParent | undefined;
}

/** The spans of what one instance runs. What the guest does with them is recorded, and replayed with the same ids. */
export class Tracing {
  readonly #journal: Journal;
  readonly #worker: WorkerId;
  #invocation: (() => InvocationTrace) | undefined;
  #origin: InvocationOrigin | undefined;
  #known: InvocationTrace | undefined;
  #root: Span | undefined;
  #current: Span | undefined;
  /** Whether outgoing HTTP requests carry the trace. */
  forwardHeaders = true;

  constructor(journal: Journal, worker: WorkerId) {
    this.#journal = journal;
    this.#worker = worker;
  }

  /** The guest now serves this invocation: its span is the current one. Costs nothing until somebody asks. */
  beginInvocation(functionName: string, origin: InvocationOrigin): void {
    const { idempotencyKey, trace } = origin;
    this.#invocation = () => invocationTrace(functionName, idempotencyKey, this.#worker, trace);
    this.#origin = origin;
    this.#known = undefined;
    this.#root = undefined;
    this.#current = undefined;
  }

  /** @throws Error outside of an invocation */
  get traceId(): string {
    return this.#trace().traceId;
  }

  /** @throws Error outside of an invocation */
  get current(): Span {
    return (this.#current ??= this.#rootSpan());
  }

  /**
   * Begins a child of a span. If that is the current one, the child now is.
   *
   * @param parent one of an earlier invocation stands for the current span: it is of another trace. @default the current one
   */
  start(name: string, more: Readonly<Record<string, string>> = {}, parent: Span = this.current): Span {
    const { current } = this;
    const around = parent.chain().includes(this.#rootSpan()) ? parent : current;
    const attributes = { name, ...more };
    const [spanId, startedAt] = this.#started(attributes, around);
    const span = new Span(spanId, around, startedAt, Object.entries(attributes));
    if (around === current) this.#current = span;
    return span;
  }

  /** What is done elsewhere within the span is part of. */
  around(span: Span): TraceParent {
    const spans = span.chain().map((each): TraceSpan => ({
      spanId: each.id,
      parentId: each.parent?.id ?? null,
      start: each.startedAt,
      attributes: Object.fromEntries(each.attributes),
      inherited: true,
    }));
    return { traceId: this.traceId, spans };
  }

  setAttribute(span: Span, key: string, value: string): void {
    if (this.#journal.live) this.#journal.append({ type: "SetSpanAttribute", spanId: span.id, key, value });
    else this.#journal.take("SetSpanAttribute", "an attribute of a span");
    span.attributes.set(key, value);
  }

  /**
   * Ends a span; what is current is then the next one outwards that goes on. Ending it again does nothing.
   *
   * A replay may end it elsewhere than it is recorded: guests that collect garbage drop what has spans at any time.
   */
  finish(span: Span): void {
    if (span.finished) return;
    span.finished = true;
    if (this.#journal.live && !this.#journal.cursor.wasFinished(span.id))
      this.#journal.append({ type: "FinishSpan", spanId: span.id });
    this.#current = this.#current?.chain().find((each) => !each.finished);
  }

  /** `traceparent`, as the W3C has it; nobody has sampled the trace. */
  headers(span: Span): readonly (readonly [name: string, value: string])[] {
    return [["traceparent", `00-${this.traceId}-${span.id}-00`]];
  }

  #trace(): InvocationTrace {
    if (this.#invocation === undefined) throw new Error("There are spans only within an invocation");
    return (this.#known ??= this.#invocation());
  }

  /** The invocation itself. */
  #rootSpan(): Span {
    if (this.#root === undefined) {
      const { spanId, attributes } = this.#trace();
      const parent = this.#origin?.trace?.spans.reduceRight<Span | undefined>(
        (outer, each) => new Span(each.spanId, outer, each.start, Object.entries(each.attributes)),
        undefined,
      );
      this.#root = new Span(spanId, parent, this.#origin?.startedAt ?? 0, Object.entries(attributes));
    }
    return this.#root;
  }

  #started(attributes: Readonly<Record<string, string>>, parent: Span): [spanId: string, startedAt: number] {
    if (!this.#journal.live) {
      const [, { spanId, timestamp }] = this.#journal.take("StartSpan", "the start of a span");
      return [spanId, timestamp];
    }
    const spanId = randomSpanId();
    const index = this.#journal.append({ type: "StartSpan", spanId, parentId: parent.id, attributes });
    return [spanId, this.#journal.oplog.at(index)?.timestamp ?? 0];
  }
}
