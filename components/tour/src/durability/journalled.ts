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
 * @throws Error when another call is recorded at this point
 */
export function journalled<T>(functionName: string, learn: () => T): T {
  const begin = beginDurableFunction(FUNCTION_TYPE);
  const value = currentDurableExecutionState().isLive
    ? persist(functionName, learn())
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
