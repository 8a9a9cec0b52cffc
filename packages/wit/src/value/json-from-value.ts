import type { WitType } from "../model.ts";
import { camelCase } from "./camel-case.ts";
import { checkValue } from "./check-value.ts";
import type { JsonTree } from "./json-tree.ts";
import { isTaggedOption } from "./tagged-option.ts";
import { describeValue } from "./describe.ts";
import { type ValuePath, WitValueError, rootPath } from "./value-error.ts";
import type { HandleType } from "./value-from-json.ts";

export interface JsonFromValueOptions {
  /**
   * What error messages call the value.
   * @default "value"
   */
  readonly root?: string;
  /**
   * What becomes of `some(none)`, which JSON writes like `none`: it is refused, or written as `null` and so lost.
   * @default "refused"
   */
  readonly nestedNone?: "refused" | "null";
  /**
   * The text of a handle, `urn:worker:{component}/{worker}/{resource}`.
   * @default handles are refused
   */
  readonly handle?: (value: object, type: HandleType) => string;
}

/** A value that was checked, seen as the parts that its type says it has. */
type Parts = Readonly<Record<string, unknown>>;
type Tagged = { readonly tag: string; readonly val?: unknown };

/**
 * Writes a value as Golem's REST interface does: chars are numbers, records are objects by kebab-case field name, variants
 * `{ "case": payload }`, flags arrays of names, options the value or `null`, results `{ "ok": … }` or `{ "err": … }`.
 * Where options are nested, `some(none)` would be `null` like `none`, and is refused unless `nestedNone` says otherwise.
 * A 64-bit integer beyond 2^53 is a `bigint`: write the tree with {@link stringifyJson}.
 *
 * @throws WitValueError when the value is not of the type, or has a NaN, an infinity or a `some(none)`, which JSON lacks
 */
export function jsonFromValue(type: WitType, value: unknown, options: JsonFromValueOptions = {}): JsonTree {
  checkValue(type, value, options.root);
  return write(type, value, rootPath(options.root ?? "value"), options);
}

function write(type: WitType, value: unknown, path: ValuePath, options: JsonFromValueOptions): JsonTree {
  switch (type.kind) {
    case "bool":
    case "string":
    case "enum":
    case "s8":
    case "s16":
    case "s32":
    case "u8":
    case "u16":
    case "u32":
      return value as boolean | string | number;
    case "s64":
    case "u64":
      return Number.isSafeInteger(Number(value)) ? Number(value) : (value as bigint);
    case "f32":
      return finite(Math.fround(value as number), path);
    case "f64":
      return finite(value as number, path);
    case "char":
      return (value as string).codePointAt(0) ?? 0;
    case "list":
      return Array.from(value as Iterable<unknown>, (item, index) =>
        write(type.element, item, at(path, index), options),
      );
    case "tuple":
      return type.items.map((item, index) =>
        write(item, (value as readonly unknown[])[index], at(path, index), options),
      );
    case "record":
      return Object.fromEntries(
        type.fields.map(({ name, type: fieldType }) => [
          name,
          write(
            fieldType,
            (value as Parts)[camelCase(name)],
            { parent: path, step: { kind: "field", name } },
            options,
          ),
        ]),
      );
    case "variant": {
      const { tag } = value as Tagged;
      return {
        [tag]: writePayload(
          type.cases.find((case_) => case_.name === tag)?.type ?? null,
          value as Tagged,
          path,
          options,
        ),
      };
    }
    case "result": {
      const { tag } = value as Tagged;
      return { [tag]: writePayload(tag === "ok" ? type.ok : type.err, value as Tagged, path, options) };
    }
    case "option": {
      if (!isTaggedOption(type)) return value === undefined ? null : write(type.some, value, path, options);
      return writeNested(type, value as Tagged, path, options);
    }
    case "flags":
      return type.names.filter((name) => (value as Parts)[camelCase(name)]);
    case "own":
    case "borrow":
      if (options.handle === undefined)
        throw new WitValueError(path, { expected: "a value without handles", found: describeValue(value) });
      return options.handle(value as object, type);
  }
}

function writeNested(
  { some }: WitType & { kind: "option" },
  option: Tagged,
  path: ValuePath,
  options: JsonFromValueOptions,
): JsonTree {
  if (option.tag === "none") return null;
  const json = writePayload(some, option, path, options);
  if (json !== null || options.nestedNone === "null") return json;
  throw new WitValueError(path, {
    expected: "a value that JSON tells from none; a variant in place of the outer option has one",
    found: "some(none)",
  });
}

function writePayload(
  type: WitType | null,
  { tag, val }: Tagged,
  path: ValuePath,
  options: JsonFromValueOptions,
): JsonTree {
  return type === null
    ? null
    : write(type, val, { parent: path, step: { kind: "payload", name: tag } }, options);
}

function finite(number: number, path: ValuePath): number {
  if (Number.isFinite(number)) return number;
  throw new WitValueError(path, {
    expected: "a finite number, for JSON has no others",
    found: String(number),
  });
}

function at(parent: ValuePath, index: number): ValuePath {
  return { parent, step: { kind: "index", index } };
}
