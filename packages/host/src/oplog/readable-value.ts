/** Bytes of a list of them that are looked at. */
const MOST_BYTES = 1_024;

/**
 * A value as a person reads it: `{sku: "tea", amount: 2, note: none}`, `err("sold out")`, `bytes "abc"`.
 *
 * @param longest characters; of more the begin, and `…`
 */
export function readableValue(value: unknown, longest: number): string {
  let text = "";
  for (const token of tokens(value, longest)) {
    text += token;
    if (text.length > longest) return `${text.slice(0, longest)}…`;
  }
  return text;
}

function* tokens(value: unknown, longest: number): Generator<string, void, undefined> {
  if (value === undefined || value === null) yield "none";
  else if (typeof value === "string") yield JSON.stringify(value.slice(0, longest + 1));
  else if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    yield String(value);
  else if (value instanceof Uint8Array) yield readableBytes(value);
  else if (ArrayBuffer.isView(value)) yield* list(Array.from(value as Float64Array), longest);
  else if (Array.isArray(value)) yield* list(value, longest);
  else if (typeof value === "object" && isVariant(value)) yield* variant(value, longest);
  else if (typeof value === "object") yield* record(value, longest);
}

function* list(items: readonly unknown[], longest: number): Generator<string, void, undefined> {
  yield "[";
  for (const [at, item] of items.entries()) {
    if (at > 0) yield ", ";
    yield* tokens(item, longest);
  }
  yield "]";
}

function* record(value: object, longest: number): Generator<string, void, undefined> {
  yield "{";
  for (const [at, [name, field]] of Object.entries(value).entries()) {
    yield `${at > 0 ? ", " : ""}${name}: `;
    yield* tokens(field, longest);
  }
  yield "}";
}

/** A case of a WIT variant or result. */
interface Variant {
  readonly tag: string;
  readonly val?: unknown;
}

export function isVariant(value: object): value is Variant {
  return (
    "tag" in value &&
    typeof value.tag === "string" &&
    Object.keys(value).every((key) => key === "tag" || key === "val")
  );
}

function* variant({ tag, val }: Variant, longest: number): Generator<string, void, undefined> {
  yield tag;
  if (val === undefined) return;
  yield "(";
  yield* tokens(val, longest);
  yield ")";
}

function readableBytes(bytes: Uint8Array): string {
  const begin = bytes.subarray(0, MOST_BYTES);
  const more = begin.length < bytes.length ? `, ${bytes.length} in all` : "";
  const text = new TextDecoder().decode(begin);
  // eslint-disable-next-line no-control-regex -- bytes below the space are what makes a text unreadable
  const isText = !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text);
  return `bytes ${isText ? JSON.stringify(text) : Buffer.from(begin).toString("hex")}${more}`;
}
