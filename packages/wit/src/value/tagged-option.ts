import type { WitType } from "../model.ts";

/**
 * Whether a JavaScript value of this option is `{ tag: "some", val } | { tag: "none" }` instead of a value or `undefined`.
 * It is when the value inside may itself be `undefined`: `option<option<u8>>` is tagged outside and plain inside.
 */
export function isTaggedOption(type: WitType): boolean {
  return type.kind === "option" && type.some.kind === "option" && !isTaggedOption(type.some);
}
