import {
  currentDurableExecutionState,
  persistDurableFunctionInvocation,
  readPersistedDurableFunctionInvocation,
  type DurableFunctionType,
} from "golem:durability/durability@1.2.0";

import { textCodec } from "../codec.ts";
import { decodeRecord, encodeRecord } from "./step-record.ts";
import { trapInReplay } from "./trap.ts";

/** What stands in the oplog for something that is done once. */
export interface Step {
  readonly name: string;
  /** As `describeInput` gives it. */
  readonly input: string;
  readonly functionType: DurableFunctionType;
}

/**
 * Records a result, or finds it recorded: what is returned is in the oplog. If the oplog has another step in its place, the
 * instance ends.
 */
export function recordedResult({ name, input, functionType }: Step, result: Uint8Array): Uint8Array {
  const request = textCodec.encode(input);
  const record = encodeRecord({ input, result });
  const { isLive, persistenceLevel } = currentDurableExecutionState();
  // Nothing of what is done under that level is found again.
  if (!isLive && persistenceLevel.tag === "persist-nothing") return result;
  let response = record;
  if (isLive) {
    persistDurableFunctionInvocation(name, request, record, functionType);
  } else {
    const persisted = readPersistedDurableFunctionInvocation();
    requireSameName(name, persisted.functionName);
    response = persisted.response;
  }
  const found = decodeRecord(response);
  if (found?.input === input) return found.result;
  return trapInReplay(
    `The durable step "${name}" is replayed with the input ${input}, but was recorded with ${found?.input ?? "something else than a step's record"}. What the input is made of is not the same each time.`,
  );
}

function requireSameName(name: string, found: string): void {
  if (found === name) return;
  trapInReplay(
    `The durable step "${name}" is replayed, but the oplog has "${found}" in its place. The code has changed since, or does not do the same each time: restore it, or give new workers the new code.`,
  );
}
