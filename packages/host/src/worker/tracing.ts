import { type InvocationTrace, invocationTrace } from "../oplog/invocation-trace.ts";
import type { WorkerId } from "../api.ts";
import type { TraceParent } from "../oplog/entry.ts";
import type { Journal } from "./journal.ts";

/** A part of an invocation, as the guest divides it. */
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

/** The spans of what one instance runs. What the guest does with them is recorded, and replayed with the same ids. */
export class Tracing {
  readonly #journal: Journal;
  readonly #worker: WorkerId;
  #invocation: (() => InvocationTrace) | undefined;
  #parent: TraceParent | undefined;
  #known: InvocationTrace | undefined;
  #current: Span | undefined;
  /** Whether outgoing HTTP requests carry the trace. */
  forwardHeaders = true;

  constructor(journal: Journal, worker: WorkerId) {
    this.#journal = journal;
    this.#worker = worker;
  }

  /** The guest now serves this invocation: its span is the current one. Costs nothing until somebody asks. */
  beginInvocation(functionName: string, idempotencyKey: string, parent?: TraceParent): void {
    this.#invocation = () => invocationTrace(functionName, idempotencyKey, this.#worker, parent);
    this.#parent = parent;
    this.#known = undefined;
    this.#current = undefined;
  }

  /** @throws Error outside of an invocation */
  get traceId(): string {
    return this.#trace().traceId;
  }

  /** @throws Error outside of an invocation */
  get current(): Span {
    if (this.#current === undefined) {
      const { spanId, attributes } = this.#trace();
      const caller = this.#parent && new Span(this.#parent.spanId, undefined, 0, []);
      this.#current = new Span(spanId, caller, 0, Object.entries(attributes));
    }
    return this.#current;
  }

  /** Begins a child of the current span, which becomes the current one. */
  start(name: string, more: Readonly<Record<string, string>> = {}): Span {
    const parent = this.current;
    const attributes = { name, ...more };
    const [spanId, startedAt] = this.#started(attributes, parent);
    this.#current = new Span(spanId, parent, startedAt, Object.entries(attributes));
    return this.#current;
  }

  setAttribute(span: Span, key: string, value: string): void {
    if (this.#journal.live) this.#journal.append({ type: "SetSpanAttribute", spanId: span.id, key, value });
    else this.#journal.take("SetSpanAttribute", "an attribute of a span");
    span.attributes.set(key, value);
  }

  /** Ends a span; what is current is then the next one outwards that goes on. Ending it again does nothing. */
  finish(span: Span): void {
    if (span.finished) return;
    span.finished = true;
    if (this.#journal.live) this.#journal.append({ type: "FinishSpan", spanId: span.id });
    else this.#journal.take("FinishSpan", "the end of a span");
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

  #started(attributes: Readonly<Record<string, string>>, parent: Span): [spanId: string, startedAt: number] {
    if (!this.#journal.live) {
      const [, { spanId, timestamp }] = this.#journal.take("StartSpan", "the start of a span");
      return [spanId, timestamp];
    }
    const spanId = Buffer.from(crypto.getRandomValues(new Uint8Array(8))).toString("hex");
    const index = this.#journal.append({ type: "StartSpan", spanId, parentId: parent.id, attributes });
    return [spanId, this.#journal.oplog.at(index)?.timestamp ?? 0];
  }
}
