import type { WitType } from "../model.ts";
import { isTaggedOption } from "./tagged-option.ts";

/** Types of `val` by `tag`. */
type TaggedCases = ReadonlyMap<string, WitType | null>;

/**
 * The cases of a type whose values are `{ tag, val }` in JavaScript, each with the type of its `val`, `null` for none: those
 * of a variant, of a result, and of an option that is tagged.
 *
 * @returns `undefined` for every other type
 */
export function taggedCases(type: WitType & { kind: "variant" | "result" }): TaggedCases;
export function taggedCases(type: WitType): TaggedCases | undefined;
export function taggedCases(type: WitType): TaggedCases | undefined {
  switch (type.kind) {
    case "variant":
      return new Map(type.cases.map((each) => [each.name, each.type]));
    case "result":
      return new Map([
        ["ok", type.ok],
        ["err", type.err],
      ]);
    case "option":
      if (!isTaggedOption(type)) return undefined;
      return new Map([
        ["some", type.some],
        ["none", null],
      ]);
    default:
      return undefined;
  }
}
