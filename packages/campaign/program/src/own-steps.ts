import {
  generateIdempotencyKey,
  getOplogIndex,
  getSelfMetadata,
  markBeginOperation,
  markEndOperation,
  setOplogPersistenceLevel,
} from "golem:api/host@1.1.6";
import { now, subscribeDuration } from "wasi:clocks/monotonic-clock@0.2.0";
import { poll } from "wasi:io/poll@0.2.0";
import { log } from "wasi:logging/logging";
import { getRandomU64 } from "wasi:random/random@0.2.0";
import { append } from "./keyvalue-steps.ts";
import { runSteps, type Step, type Steps, Trap } from "./step.ts";

const noted: string[] = [];
let sum = 0;

/**
 * Steps on the worker itself.
 *
 * @param all every step there is, for those that are made of others
 */
export function ownSteps(all: () => Steps): Steps {
  return {
    add: (by: number) => (sum += by),
    /** Kept in memory, in order. */
    note: (text: string) => noted.push(text),
    noted: () => noted,
    echo: (text: string) => text,
    name: () => getSelfMetadata().workerId.workerName,
    random: () => String(getRandomU64()),
    now: () => String(now()),
    key: () => {
      const { highBits, lowBits } = generateIdempotencyKey();
      return `${highBits}-${lowBits}`;
    },
    "oplog-index": () => Number(getOplogIndex()),
    log: (line: string) => log("info", "program", line),
    sleep: (milliseconds: number) => {
      poll([subscribeDuration(BigInt(milliseconds) * 1_000_000n)]);
    },
    region: (steps: readonly Step[]) => {
      const begin = markBeginOperation();
      const results = runSteps(steps, all());
      markEndOperation(begin);
      return results;
    },
    unrecorded: (steps: readonly Step[]) => {
      setOplogPersistenceLevel({ tag: "persist-nothing" });
      const results = runSteps(steps, all());
      setOplogPersistenceLevel({ tag: "smart" });
      return results;
    },
    /** Ends the program in the middle, so often: the host tries it again. The attempts are counted where a trap undoes nothing. */
    "trap-times": (bucket: string, key: string, times: number) => {
      const attempts = append(bucket, key, ".").length;
      if (attempts <= times) throw new Trap(`attempt ${attempts} of ${key}`);
      return attempts;
    },
  };
}
