import { type JsonTree, stringifyJson, typeFromAnalysed, valueFromJson, waveFromValue } from "@golem-kit/wit";

/** A value with its type, as a public oplog has it, in WAVE; what WAVE cannot say, handles among it, as JSON. */
export function shownValue(given: unknown): string {
  if (typeof given !== "object" || given === null || !("typ" in given) || !("value" in given))
    return json(given);
  try {
    const type = typeFromAnalysed(given.typ);
    return waveFromValue(type, valueFromJson(type, given.value as JsonTree));
  } catch {
    return json(given.value);
  }
}

/** What a function returned: the values of a tuple, of which there is one at most. */
export function shownResult(given: unknown): string {
  if (typeof given !== "object" || given === null || !("typ" in given) || !("value" in given))
    return json(given);
  const { items } = given.typ as { readonly items?: readonly unknown[] };
  const [value] = given.value as readonly unknown[];
  return items?.[0] === undefined ? "()" : shownValue({ typ: items[0], value });
}

function json(value: unknown): string {
  return stringifyJson(value as JsonTree);
}
