import * as fc from "fast-check";
import { camelCase } from "../src/value/camel-case.ts";
import { integerRanges, listOf } from "../src/value/numbers.ts";
import { isTaggedOption } from "../src/value/tagged-option.ts";
import { PRIMITIVE_KINDS, type WitType } from "../src/model.ts";

/** Kebab-case names, among them words that the notations use themselves. */
const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9]{0,4}(-[a-z][a-z0-9]{0,3}){0,2}$/),
  fc.constantFrom("none", "some", "ok", "err", "true", "inf", "nan", "tag", "val", "HTTP-x2", "type"),
);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 4, selector: camelCase });
const named = fc.option(name, { nil: null });

/** Any type without handles. */
export const arbitraryType: fc.Arbitrary<WitType> = fc.letrec<{ type: WitType; optional: WitType | null }>(
  (tie) => ({
    optional: fc.option(tie("type"), { nil: null }),
    type: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constantFrom(...PRIMITIVE_KINDS).map((kind) => ({ kind }) satisfies WitType),
      fc.record({ kind: fc.constant("enum" as const), name: named, cases: names }),
      fc.record({ kind: fc.constant("flags" as const), name: named, names }),
      fc.record({ kind: fc.constant("list" as const), element: tie("type") }),
      fc.record({ kind: fc.constant("option" as const), some: tie("type") }),
      fc.record({
        kind: fc.constant("tuple" as const),
        items: fc.array(tie("type"), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant("result" as const), ok: tie("optional"), err: tie("optional") }),
      fc
        .tuple(named, names, fc.infiniteStream(tie("type")))
        .map(([name, fields, types]): WitType => ({ kind: "record", name, fields: zip(fields, types) })),
      fc
        .tuple(named, names, fc.infiniteStream(tie("optional")))
        .map(([name, cases, types]): WitType => ({ kind: "variant", name, cases: zip(cases, types) })),
    ),
  }),
).type;

function zip<T>(labels: readonly string[], types: Iterator<T>): { name: string; type: T }[] {
  return labels.map((label) => ({ name: label, type: types.next().value as T }));
}

/** A value of the type, in the form in which the conversions produce it. */
function arbitraryValue(type: WitType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "bool":
      return fc.boolean();
    case "s64":
    case "u64":
      return fc.bigInt(integerRanges[type.kind]);
    case "f32":
      return fc.float({ noNaN: true, noDefaultInfinity: true });
    case "f64":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "char":
      return fc.string({ unit: "binary", minLength: 1, maxLength: 1 });
    case "string":
      return fc.string({ unit: "binary", maxLength: 8 });
    case "list":
      return fc
        .array(arbitraryValue(type.element), { maxLength: 4 })
        .map((items) => listOf(type.element, items));
    case "tuple":
      return fc.tuple(...type.items.map(arbitraryValue));
    case "record":
      return fc.record(
        Object.fromEntries(type.fields.map((field) => [camelCase(field.name), arbitraryValue(field.type)])),
        { noNullPrototype: true },
      );
    case "variant":
      return fc.oneof(...type.cases.map((case_) => arbitraryCase(case_.name, case_.type)));
    case "enum":
      return fc.constantFrom(...type.cases);
    case "flags":
      return fc.record(Object.fromEntries(type.names.map((flag) => [camelCase(flag), fc.boolean()])), {
        noNullPrototype: true,
      });
    case "option":
      if (isTaggedOption(type))
        return fc.oneof(fc.constant({ tag: "none" }), arbitraryCase("some", type.some));
      return fc.option(arbitraryValue(type.some), { nil: undefined });
    case "result":
      return fc.oneof(arbitraryCase("ok", type.ok), arbitraryCase("err", type.err));
    case "own":
    case "borrow":
      throw new Error("arbitrary types have no handles");
    default: {
      const { min, max } = integerRanges[type.kind];
      return fc.integer({ min: Number(min), max: Number(max) });
    }
  }
}

function arbitraryCase(tag: string, type: WitType | null): fc.Arbitrary<unknown> {
  return type === null ? fc.constant({ tag }) : arbitraryValue(type).map((val) => ({ tag, val }));
}

/** A type together with one of its values. */
export const arbitraryTypedValue: fc.Arbitrary<{ type: WitType; value: unknown }> = arbitraryType.chain(
  (type) => arbitraryValue(type).map((value) => ({ type, value })),
);
