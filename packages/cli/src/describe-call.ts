import type { ExportedFunction } from "@golem-kit/deployment";
import { waveFromValue } from "@golem-kit/wit";

const LONGEST = 80;

/** A call with its result, in a line of at most 80 characters: `add("tea", 2) → ok(3)`. */
export function describeCall(
  name: string,
  callee: ExportedFunction,
  values: readonly unknown[],
  value: unknown,
): string {
  const args = callee.params.map(({ type }, index) => waveFromValue(type, values[index])).join(", ");
  const result = callee.result === undefined ? "" : ` → ${waveFromValue(callee.result, value)}`;
  const text = `${name}(${args})${result}`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
