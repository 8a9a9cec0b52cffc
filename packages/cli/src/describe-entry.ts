import { stringifyJson, type JsonTree } from "@golem-kit/wit";
import type { OplogEntry } from "./rest/oplog-pages.ts";

/** Said of every invocation, or of no use to a reader. */
const NOT_SHOWN: ReadonlySet<string> = new Set([
  "consumedFuel",
  "idempotencyKey",
  "traceId",
  "traceStates",
  "invocationContext",
  "initialActivePlugins",
  "newActivePlugins",
  "accountId",
]);

/** What an entry tells, on one line. */
export function describeEntry({ type, parameters }: OplogEntry): string {
  const { functionName, request, response } = parameters;
  switch (type) {
    case "ExportedFunctionInvoked":
      return `${String(functionName)}(${(request as readonly unknown[]).map(valueOf).join(", ")})`;
    case "ImportedFunctionInvoked":
      return `${String(functionName)} ${valueOf(request)} → ${valueOf(response)}`;
    case "ExportedFunctionCompleted":
      return `→ ${valueOf(response)}`;
    case "Error":
      return String(parameters["error"]).split("\n", 1)[0] ?? "";
    case "Log":
      return `${String(parameters["level"])} ${JSON.stringify(parameters["message"])}`;
    default:
      return Object.entries(parameters)
        .filter(([name]) => !NOT_SHOWN.has(name))
        .map(([name, value]) => `${name} ${valueOf(value)}`)
        .join(", ");
  }
}

/** A typed value without its type. */
function valueOf(given: unknown): string {
  const isTyped = typeof given === "object" && given !== null && "typ" in given && "value" in given;
  return stringifyJson((isTyped ? given.value : given) as JsonTree);
}
