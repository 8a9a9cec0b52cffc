import {
  beginDurableFunction,
  endDurableFunction,
  type DurableFunctionType,
} from "golem:durability/durability@1.2.0";

import { textCodec } from "../codec.ts";
import { readJson } from "../json/read-json.ts";
import { writeJson } from "../json/write-json.ts";
import { recordedResult } from "./recorded-step.ts";
import { shortened } from "./step-record.ts";

const READ: DurableFunctionType = { tag: "read-remote" };

/**
 * What the platform answers, now and on every replay, for functions that Golem does not record: a durable step for what
 * is asked and answered at once.
 *
 * Stands on `golem:durability/durability`.
 *
 * @param input what is asked for, compared on replay
 * @param ask is called on a replay too, since a reader of pages moves on by it, but its first answer counts
 * @returns a copy of the answer: plain objects, arrays, bytes and primitives
 */
export function recordedAnswer<T>(name: string, input: unknown, ask: () => T): T {
  const step = { name, input: shortened(writeJson(input)), functionType: READ };
  const begin = beginDurableFunction(READ);
  const answer = recordedResult(step, textCodec.encode(writeJson(ask())));
  endDurableFunction(READ, begin, false);
  return readJson(textCodec.decode(answer)) as T;
}
