import type { WitType } from "../model.ts";
import { camelCase } from "../value/camel-case.ts";
import { isWitChar } from "../value/char.ts";
import { describeType } from "../value/describe.ts";
import { type IntegerKind, integerRanges, listOf } from "../value/numbers.ts";
import { isTaggedOption } from "../value/tagged-option.ts";
import { WaveCursor } from "./wave-cursor.ts";

/**
 * Reads a value in WAVE, the text notation of WIT values: `{sku: "tea", quantity: 2}`, `some(1)`, `ok([1, 2])`,
 * `(1, 'a')`, `gift-wrapped("red")`, flags `{express, gift}`. Missing options of a record are none, `some(…)` and `ok(…)`
 * may be left out where nothing else can be meant, and `//` begins a comment.
 *
 * @throws WaveError with the position of what is wrong; handles have no notation
 */
export function valueFromWave(type: WitType, text: string): unknown {
  const cursor = new WaveCursor(text);
  const value = read(type, cursor);
  cursor.expectEnd();
  return value;
}

function read(type: WitType, cursor: WaveCursor): unknown {
  switch (type.kind) {
    case "bool":
      return readLabel(["true", "false"], "true or false", cursor) === "true";
    case "s64":
    case "u64":
      return readInteger(type.kind, cursor);
    case "s8":
    case "s16":
    case "s32":
    case "u8":
    case "u16":
    case "u32":
      return Number(readInteger(type.kind, cursor));
    case "f32":
      return Math.fround(readFloat(type.kind, cursor));
    case "f64":
      return readFloat(type.kind, cursor);
    case "char":
      return readChar(cursor);
    case "string":
      return readString(cursor);
    case "list":
      return readList(type.element, cursor);
    case "tuple":
      return readTuple(type, cursor);
    case "record":
      return readRecord(type, cursor);
    case "variant":
      return readVariant(type, cursor);
    case "enum":
      return readLabel(type.cases, describeLabels(type.cases), cursor);
    case "flags":
      return readFlags(type, cursor);
    case "option":
      return readOption(type, cursor);
    case "result":
      return readResult(type, cursor);
    case "own":
    case "borrow":
      throw cursor.error(`a type with a notation, but ${describeType(type)} is a handle`);
  }
}

function readInteger(kind: IntegerKind, cursor: WaveCursor): bigint {
  const { min, max } = integerRanges[kind];
  const wanted = `${kind}, an integer from ${min} to ${max}`;
  const start = cursor.offset;
  const text = cursor.number(wanted);
  if (!/^-?\d+$/.test(text)) throw cursor.error(wanted, start);
  const integer = BigInt(text);
  if (integer < min || integer > max) throw cursor.error(wanted, start);
  return integer;
}

function readFloat(kind: string, cursor: WaveCursor): number {
  const text = cursor.number(`${kind}, a number`);
  if (text.endsWith("nan")) return NaN;
  return text.endsWith("inf") ? Number(text.replace("inf", "Infinity")) : Number(text);
}

function readChar(cursor: WaveCursor): string {
  const wanted = "a char between ' and '";
  const start = cursor.offset;
  const char = cursor.quoted("'", wanted);
  if (!isWitChar(char)) throw cursor.error(wanted, start);
  return char;
}

function readString(cursor: WaveCursor): string {
  const wanted = 'a string between " and "';
  const start = cursor.offset;
  const text = cursor.quoted('"', wanted);
  if (!text.isWellFormed()) throw cursor.error("a string without lone surrogates", start);
  return text;
}

function readList(element: WitType, cursor: WaveCursor): unknown {
  cursor.expect("[");
  const items: unknown[] = [];
  cursor.items("]", () => items.push(read(element, cursor)));
  return listOf(element, items);
}

function readTuple(type: WitType & { kind: "tuple" }, cursor: WaveCursor): unknown[] {
  const start = cursor.offset;
  const wanted = `${describeType(type)} with ${type.items.length} items`;
  cursor.expect("(");
  const items: unknown[] = [];
  cursor.items(")", (index) => {
    const item = type.items[index];
    if (item === undefined) throw cursor.error(wanted);
    items.push(read(item, cursor));
  });
  if (items.length < type.items.length) throw cursor.error(wanted, start);
  return items;
}

function readRecord(type: WitType & { kind: "record" }, cursor: WaveCursor): Record<string, unknown> {
  const start = cursor.offset;
  const values = new Map<string, unknown>();
  cursor.expect("{");
  // `{:}` is the record without fields, to tell it from flags.
  if (cursor.take(":")) {
    cursor.expect("}");
  } else {
    cursor.items("}", () => {
      const at = cursor.offset;
      const names = type.fields.map(({ name }) => name).filter((name) => !values.has(name));
      const name = readLabel(names, `one of the fields ${describeLabels(names)}`, cursor);
      cursor.expect(":");
      const field = type.fields.find((each) => each.name === name);
      if (field === undefined) throw cursor.error(describeType(type), at);
      values.set(name, read(field.type, cursor));
    });
  }
  const missing = type.fields.filter(({ name, type }) => type.kind !== "option" && !values.has(name));
  if (missing.length > 0) {
    throw cursor.error(
      `${describeType(type)} with ${describeLabels(missing.map(({ name }) => name))}`,
      start,
    );
  }
  return Object.fromEntries(
    type.fields.map((field) => [
      camelCase(field.name),
      values.has(field.name) ? values.get(field.name) : none(field.type),
    ]),
  );
}

function readVariant(type: WitType & { kind: "variant" }, cursor: WaveCursor): unknown {
  const names = type.cases.map(({ name }) => name);
  const tag = readLabel(names, describeLabels(names), cursor);
  return withPayload(tag, type.cases.find(({ name }) => name === tag)?.type ?? null, cursor);
}

function readOption(type: WitType & { kind: "option" }, cursor: WaveCursor): unknown {
  const word = cursor.peekLabel();
  if (word === "none") {
    cursor.label("none");
    return none(type);
  }
  // Inside an option or a result, `some` could as well belong to it.
  const isExplicit = word === "some" || type.some.kind === "option" || type.some.kind === "result";
  const val = isExplicit ? readSome(type.some, cursor) : read(type.some, cursor);
  return isTaggedOption(type) ? { tag: "some", val } : val;
}

function readSome(type: WitType, cursor: WaveCursor): unknown {
  readLabel(["some"], "some(…) or none", cursor);
  return readPayload(type, cursor);
}

function readResult(type: WitType & { kind: "result" }, cursor: WaveCursor): unknown {
  const word = cursor.peekLabel();
  const isExplicit = word === "ok" || word === "err";
  if (!isExplicit && type.ok !== null && type.ok.kind !== "option" && type.ok.kind !== "result") {
    return { tag: "ok", val: read(type.ok, cursor) };
  }
  const tag = readLabel(["ok", "err"], "ok or err", cursor);
  return withPayload(tag, tag === "ok" ? type.ok : type.err, cursor);
}

function readFlags(type: WitType & { kind: "flags" }, cursor: WaveCursor): Record<string, boolean> {
  const set = new Set<string>();
  cursor.expect("{");
  cursor.items("}", () => set.add(readLabel(type.names, describeLabels(type.names), cursor)));
  return Object.fromEntries(type.names.map((name) => [camelCase(name), set.has(name)]));
}

function withPayload(tag: string, type: WitType | null, cursor: WaveCursor): unknown {
  return type === null ? { tag } : { tag, val: readPayload(type, cursor) };
}

function readPayload(type: WitType, cursor: WaveCursor): unknown {
  cursor.expect("(");
  const value = read(type, cursor);
  cursor.expect(")");
  return value;
}

function readLabel(labels: readonly string[], wanted: string, cursor: WaveCursor): string {
  const start = cursor.offset;
  const label = cursor.label(wanted);
  if (!labels.includes(label)) throw cursor.error(wanted, start);
  return label;
}

function describeLabels(labels: readonly string[]): string {
  return labels.join(", ");
}

function none(type: WitType): unknown {
  return isTaggedOption(type) ? { tag: "none" } : undefined;
}
