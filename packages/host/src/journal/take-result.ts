import { encodeValue } from "../ground/value-codec.ts";
import type { Journal } from "./journal.ts";

/**
 * Replays the end of an invocation. What older code has returned, a worker that was moved need not come to.
 *
 * @throws DivergenceError if the oplog has another result, or anything else
 */
export function takeResult(journal: Journal, functionName: string, response: unknown): void {
  const same = encodeValue(response);
  const [index = 0, next] = journal.cursor.peek() ?? [];
  const isUnchecked = index <= journal.state.updates.unchecked;
  const how = next?.type === "ExportedFunctionCompleted" ? "with another result" : "earlier";
  journal.take(
    "ExportedFunctionCompleted",
    {
      summary: `the end of ${functionName} ${how} than recorded`,
      function: functionName,
      result: { value: response },
    },
    (found) => isUnchecked || Buffer.compare(same, encodeValue(found.response)) === 0,
  );
}
