import { splitArguments } from "./function-arguments.ts";

const BARE_FUNCTION = /^[A-Za-z][A-Za-z0-9-]*(?=\()/;

/**
 * The name of a function without the signature that Golem's command line writes behind it: `api.{get}() -> string`,
 * `run(count: u32)`. What follows the brackets is not looked at, for Golem does not. What has no signature stays as it is.
 */
export function withoutSignature(text: string): string {
  const brace = text.indexOf(".{");
  if (brace >= 0) {
    const braces = splitArguments(text.slice(brace + 1));
    return braces === null ? text : text.slice(0, text.length - braces.rest.length);
  }
  const [name] = BARE_FUNCTION.exec(text) ?? [];
  if (name === undefined) return text;
  const rest = splitArguments(text.slice(name.length))?.rest;
  // `invoice("INV-1").amount` goes on.
  return rest === undefined || rest.startsWith(".") ? text : name;
}
