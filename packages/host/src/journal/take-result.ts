import { encodeValue } from "../ground/value-codec.ts";
import type { Journal } from "./journal.ts";

/**
 * Replays the end of an invocation.
 *
 * @throws DivergenceError if the oplog has another result, or anything else
 */
export function takeResult(journal: Journal, functionName: string, response: unknown): void {
  const same = encodeValue(response);
  const [, next] = journal.cursor.peek() ?? [];
  const how = next?.type === "ExportedFunctionCompleted" ? "with another result" : "earlier";
  journal.take(
    "ExportedFunctionCompleted",
    {
      summary: `the end of ${functionName} ${how} than recorded`,
      function: functionName,
      result: { value: response },
    },
    (found) => Buffer.compare(same, encodeValue(found.response)) === 0,
  );
}
