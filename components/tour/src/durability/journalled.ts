import {
  beginDurableFunction,
  currentDurableExecutionState,
  endDurableFunction,
  persistDurableFunctionInvocation,
  readPersistedDurableFunctionInvocation,
  type DurableFunctionType,
} from "golem:durability/durability@1.2.0";

const FUNCTION_TYPE: DurableFunctionType = { tag: "read-remote" };

/**
 * Writes what was learned into the oplog, as JSON, so that a replay has the same. Needed wherever the platform answers
 * "as of now": metadata, lists of workers, oplogs.
 *
 * A replay learns, too, and throws away what it has learned: the engine reads the clock whenever it collects garbage, which
 * the oplog sees, so a replay that leaves work out would collect at other points.
 *
 * @throws Error when another call is recorded at this point
 */
export function journalled<T>(functionName: string, learn: () => T): T {
  const begin = beginDurableFunction(FUNCTION_TYPE);
  const learned = learn();
  const value = currentDurableExecutionState().isLive
    ? persist(functionName, learned)
    : (recall(functionName) as T);
  endDurableFunction(FUNCTION_TYPE, begin, false);
  return value;
}

function persist<T>(functionName: string, value: T): T {
  const response = new TextEncoder().encode(JSON.stringify(value));
  persistDurableFunctionInvocation(functionName, new Uint8Array(), response, FUNCTION_TYPE);
  return value;
}

function recall(functionName: string): unknown {
  const recorded = readPersistedDurableFunctionInvocation();
  if (recorded.functionName !== functionName) {
    throw new Error(`The oplog has ${recorded.functionName} where the program does ${functionName}`);
  }
  return JSON.parse(new TextDecoder().decode(recorded.response));
}
