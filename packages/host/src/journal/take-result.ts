import { encodeValue } from "../ground/value-codec.ts";
import type { Journal } from "./journal.ts";

/**
 * Replays the end of an invocation.
 *
 * @throws DivergenceError if the oplog has another result, or anything else
 */
export function takeResult(journal: Journal, functionName: string, response: unknown): void {
  const same = encodeValue(response);
  const expected = `the end of ${functionName} with another result than recorded, or earlier than recorded`;
  journal.take(
    "ExportedFunctionCompleted",
    expected,
    (found) => Buffer.compare(same, encodeValue(found.response)) === 0,
  );
}
