import type { ExportedFunction, ExportedParameter } from "@golem-kit/deployment";
import {
  jsonFromValue,
  type JsonTree,
  parseJson,
  stringifyJson,
  valueFromJson,
  valueFromWave,
  waveFromValue,
  WaveError,
  WitValueError,
  type WitType,
} from "@golem-kit/wit";
import { UserError } from "./user-error.ts";

/**
 * Reads the arguments of a call, each as WAVE (`{sku: "tea", quantity: 2}`) or as JSON (`{"sku": "tea", "quantity": 2}`).
 * A string may come without quotes, and a handle is its URN.
 *
 * @returns Golem's JSON of the values
 * @throws UserError which names the parameter
 */
export function readArguments(callee: ExportedFunction, texts: readonly string[]): JsonTree[] {
  if (texts.length !== callee.params.length) {
    const names = callee.params.map(({ name }) => `<${name}>`).join(" ");
    const wanted = callee.params.length === 0 ? "no arguments" : `${callee.params.length} (${names})`;
    throw new UserError(`${callee.name} takes ${wanted}, not ${texts.length}.`, { exitCode: 2 });
  }
  return callee.params.map((parameter, index) => readArgument(parameter, texts[index] ?? ""));
}

/** Writes a result as WAVE; a handle, which WAVE lacks, as JSON. */
export function printResult(type: WitType, json: JsonTree): string {
  return hasHandle(type) ? stringifyJson(json) : waveFromValue(type, valueFromJson(type, json));
}

function readArgument({ name, type }: ExportedParameter, text: string): JsonTree {
  if (type.kind === "own" || type.kind === "borrow") return text;
  try {
    return jsonFromValue(type, valueFromWave(type, text));
  } catch (waveError) {
    try {
      const json = parseJson(text);
      if (!hasHandle(type)) valueFromJson(type, json);
      return json;
    } catch (jsonError) {
      if (type.kind === "string" && !text.startsWith('"')) return text;
      const problem = jsonError instanceof WitValueError ? jsonError : waveError;
      if (!(problem instanceof WitValueError || problem instanceof WaveError)) throw problem;
      throw new UserError(
        `Argument <${name}> ${JSON.stringify(text)} does not fit its type: ${problem.message}.`,
        {
          exitCode: 2,
          cause: problem,
        },
      );
    }
  }
}

function hasHandle(type: WitType): boolean {
  switch (type.kind) {
    case "own":
    case "borrow":
      return true;
    case "list":
      return hasHandle(type.element);
    case "option":
      return hasHandle(type.some);
    case "tuple":
      return type.items.some(hasHandle);
    case "record":
      return type.fields.some((field) => hasHandle(field.type));
    case "variant":
      return type.cases.some((one) => one.type !== null && hasHandle(one.type));
    case "result":
      return [type.ok, type.err].some((part) => part !== null && hasHandle(part));
    default:
      return false;
  }
}
