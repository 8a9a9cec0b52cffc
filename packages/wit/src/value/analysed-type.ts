import type { PrimitiveKind, WitResource, WitType } from "../model.ts";

/** A type as Golem's REST interface, oplog and component metadata spell it. Absent payloads are `null`. */
export type AnalysedType =
  | { readonly type: AnalysedPrimitive }
  | { readonly type: "List" | "Option"; readonly inner: AnalysedType }
  | { readonly type: "Tuple"; readonly items: readonly AnalysedType[] }
  | { readonly type: "Result"; readonly ok: AnalysedType | null; readonly err: AnalysedType | null }
  | {
      readonly type: "Record";
      readonly fields: readonly { readonly name: string; readonly typ: AnalysedType }[];
    }
  | {
      readonly type: "Variant";
      readonly cases: readonly { readonly name: string; readonly typ: AnalysedType | null }[];
    }
  | { readonly type: "Enum"; readonly cases: readonly string[] }
  | { readonly type: "Flags"; readonly names: readonly string[] }
  | { readonly type: "Handle"; readonly mode: "Owned" | "Borrowed"; readonly resource_id: number };

const primitives = {
  bool: "Bool",
  s8: "S8",
  s16: "S16",
  s32: "S32",
  s64: "S64",
  u8: "U8",
  u16: "U16",
  u32: "U32",
  u64: "U64",
  f32: "F32",
  f64: "F64",
  char: "Chr",
  string: "Str",
} as const satisfies Record<PrimitiveKind, string>;

export type AnalysedPrimitive = (typeof primitives)[PrimitiveKind];

/** The WIT kind of each of Golem's names for primitive types. */
export const primitiveKinds: ReadonlyMap<string, PrimitiveKind> = new Map(
  Object.entries(primitives).map(([kind, name]) => [name, kind as PrimitiveKind]),
);

/**
 * Golem's spelling of a type.
 *
 * @param resourceId the number of a resource within its component; by default all are 0
 */
export function analysedType(
  type: WitType,
  resourceId: (resource: WitResource) => number = () => 0,
): AnalysedType {
  const analyse = (part: WitType): AnalysedType => analysedType(part, resourceId);
  const analyseOptional = (part: WitType | null): AnalysedType | null =>
    part === null ? null : analyse(part);
  switch (type.kind) {
    case "list":
      return { type: "List", inner: analyse(type.element) };
    case "option":
      return { type: "Option", inner: analyse(type.some) };
    case "tuple":
      return { type: "Tuple", items: type.items.map(analyse) };
    case "result":
      return { type: "Result", ok: analyseOptional(type.ok), err: analyseOptional(type.err) };
    case "record":
      return {
        type: "Record",
        fields: type.fields.map((field) => ({ name: field.name, typ: analyse(field.type) })),
      };
    case "variant":
      return {
        type: "Variant",
        cases: type.cases.map((case_) => ({ name: case_.name, typ: analyseOptional(case_.type) })),
      };
    case "enum":
      return { type: "Enum", cases: type.cases };
    case "flags":
      return { type: "Flags", names: type.names };
    case "own":
    case "borrow":
      return {
        type: "Handle",
        mode: type.kind === "own" ? "Owned" : "Borrowed",
        resource_id: resourceId(type.resource),
      };
    default:
      return { type: primitives[type.kind] };
  }
}
