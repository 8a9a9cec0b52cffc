import { IncomingValue } from "../../interfaces/wasi/incoming-value.ts";
import { OutgoingValue } from "../../interfaces/wasi/outgoing-value.ts";
import { Span } from "../../journal/tracing.ts";

/** A host object as plain data, of which it can be made again. */
export type KeptObject =
  | { readonly type: "value"; readonly value: unknown }
  | { readonly type: "record"; readonly fields: Readonly<Record<string, KeptObject>> }
  | { readonly type: "incoming"; readonly content: Uint8Array; readonly size: number }
  | { readonly type: "outgoing"; readonly content: Uint8Array }
  | ({ readonly type: "span"; readonly parent: KeptObject } & KeptSpan);

interface KeptSpan extends Pick<Span, "id" | "startedAt" | "finished"> {
  readonly attributes: readonly (readonly [string, string])[];
}

/**
 * A bucket is a name, a container a name and a time, a connection a worker's name and a span: all that such objects are can be
 * kept.
 *
 * @returns `undefined` for one that is more: a stream, say, or what somebody else brings about
 */
export function keep(object: unknown): KeptObject | undefined {
  if (typeof object === "function" || typeof object === "symbol") return undefined;
  if (typeof object !== "object" || object === null) return { type: "value", value: object };
  if (object instanceof Uint8Array) return { type: "value", value: object };
  if (object instanceof IncomingValue)
    return { type: "incoming", content: object.content, size: object.size };
  if (object instanceof OutgoingValue) return { type: "outgoing", content: object.content() };
  if (object instanceof Span) return keepSpan(object);
  if (Object.getPrototypeOf(object) !== Object.prototype) return undefined;
  const fields: Record<string, KeptObject> = {};
  for (const [name, value] of Object.entries(object)) {
    const kept = keep(value);
    if (kept === undefined) return undefined;
    fields[name] = kept;
  }
  return { type: "record", fields };
}

export function revive(kept: KeptObject): unknown {
  switch (kept.type) {
    case "value":
      return kept.value;
    case "record":
      return Object.fromEntries(Object.entries(kept.fields).map(([name, field]) => [name, revive(field)]));
    case "incoming":
      return new IncomingValue(kept.content, kept.size);
    case "outgoing": {
      const value = new OutgoingValue();
      if (kept.content.length > 0) value.append(kept.content);
      return value;
    }
    case "span": {
      const { id, parent, startedAt, attributes, finished } = kept;
      const span = new Span(
        id,
        revive(parent) as Span | undefined,
        startedAt,
        attributes.map(([key, value]) => [key, value]),
      );
      span.finished = finished;
      return span;
    }
  }
}

function keepSpan({ id, parent, startedAt, attributes, finished }: Span): KeptObject {
  const kept: KeptObject = parent === undefined ? { type: "value", value: undefined } : keepSpan(parent);
  return { type: "span", id, parent: kept, startedAt, attributes: [...attributes], finished };
}
