import type { WitType } from "../model.ts";
import { camelCase } from "../value/camel-case.ts";
import { checkValue } from "../value/check-value.ts";
import { describeType, describeValue } from "../value/describe.ts";
import { isTaggedOption } from "../value/tagged-option.ts";
import { WitValueError, rootPath } from "../value/value-error.ts";
import { quoteWave, waveLabel } from "./wave-text.ts";

type Parts = Readonly<Record<string, unknown>>;
type Tagged = { readonly tag: string; readonly val?: unknown };

/**
 * Writes a value in WAVE, on one line: the counterpart of {@link valueFromWave}. Options of a record that are none are
 * left out.
 *
 * @throws WitValueError when the value is not of the type, or contains a handle
 */
export function waveFromValue(type: WitType, value: unknown): string {
  checkValue(type, value);
  return write(type, value);
}

function write(type: WitType, value: unknown): string {
  switch (type.kind) {
    case "f32":
    case "f64":
      return writeFloat(value as number);
    case "char":
      return quoteWave(value as string, "'");
    case "string":
      return quoteWave(value as string, '"');
    case "list":
      return `[${Array.from(value as Iterable<unknown>, (item) => write(type.element, item)).join(", ")}]`;
    case "tuple":
      return `(${type.items.map((item, index) => write(item, (value as readonly unknown[])[index])).join(", ")})`;
    case "record":
      return writeRecord(type, value as Parts);
    case "variant": {
      const { tag } = value as Tagged;
      return (
        waveLabel(tag) +
        writePayload(type.cases.find(({ name }) => name === tag)?.type ?? null, value as Tagged)
      );
    }
    case "result": {
      const { tag } = value as Tagged;
      return tag + writePayload(tag === "ok" ? type.ok : type.err, value as Tagged);
    }
    case "option":
      if (isNone(type, value)) return "none";
      return `some(${write(type.some, isTaggedOption(type) ? (value as Tagged).val : value)})`;
    case "enum":
      return waveLabel(value as string);
    case "flags":
      return `{${type.names
        .filter((name) => (value as Parts)[camelCase(name)])
        .map(waveLabel)
        .join(", ")}}`;
    case "own":
    case "borrow":
      throw new WitValueError(rootPath("value"), {
        expected: `a value with a notation, but ${describeType(type)} is a handle`,
        found: describeValue(value),
      });
    default:
      return String(value);
  }
}

function writeFloat(number: number): string {
  if (Number.isNaN(number)) return "nan";
  if (!Number.isFinite(number)) return number < 0 ? "-inf" : "inf";
  return Object.is(number, -0) ? "-0" : String(number);
}

function writeRecord(type: WitType & { kind: "record" }, record: Parts): string {
  const fields = type.fields
    .map((field) => ({ ...field, value: record[camelCase(field.name)] }))
    .filter((field) => !(field.type.kind === "option" && isNone(field.type, field.value)))
    .map((field) => `${waveLabel(field.name)}: ${write(field.type, field.value)}`);
  return fields.length === 0 ? "{:}" : `{${fields.join(", ")}}`;
}

function writePayload(type: WitType | null, { val }: Tagged): string {
  return type === null ? "" : `(${write(type, val)})`;
}

function isNone(type: WitType, value: unknown): boolean {
  return isTaggedOption(type) ? (value as Tagged).tag === "none" : value === undefined;
}
