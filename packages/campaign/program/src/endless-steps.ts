import {
  createPromise,
  generateIdempotencyKey,
  getOplogIndex,
  getSelfMetadata,
  pollPromise,
} from "golem:api/host@1.1.6";
import { WasmRpc } from "golem:rpc/types@0.2.0";
import { now, subscribeDuration } from "wasi:clocks/monotonic-clock@0.2.0";
import { get, set } from "wasi:keyvalue/eventual@0.1.0";
import { Bucket, OutgoingValue } from "wasi:keyvalue/types@0.1.0";
import { log } from "wasi:logging/logging";
import { getRandomU64 } from "wasi:random/random@0.2.0";
import type { Steps } from "./step.ts";
import { toBytes } from "./text.ts";

const CHUNK = 1_048_576;
const FAR = 10n ** 15n;

/** A checksum of so many numbers: FNV-1a. */
function hash(rounds: number): number {
  let sum = 0x811c9dc5;
  for (let round = 0; round < rounds; round += 1) sum = Math.imul(sum ^ (round & 0xff), 0x01000193) >>> 0;
  return sum;
}

/** Without a loop of its own. */
function recurse(depth: number): number {
  return depth === 0 ? 1 : recurse(depth - 1) + recurse(depth - 1);
}

/** Takes memory until there is none, and lets it go. @returns how many chunks it got */
function allocate(): number {
  const taken: Uint8Array[] = [];
  try {
    for (;;) taken.push(new Uint8Array(CHUNK).fill(1));
  } catch {
    return taken.length;
  }
}

/** What is done again and again, without ever waiting for anything: prepared once. */
const KINDS: Readonly<Record<string, (callee: string) => () => unknown>> = {
  compute: () => () => hash(1_000),
  recurse: () => () => recurse(40),
  clock: () => now,
  random: () => getRandomU64,
  key: () => generateIdempotencyKey,
  index: () => getOplogIndex,
  log: () => () => log("info", "endless", "again"),
  stdout: () => () => console.log("again"),
  "sleep-zero": () => () => {
    using timer = subscribeDuration(0n);
    timer.block();
  },
  get: () => {
    const bucket = Bucket.openBucket("endless");
    return () => get(bucket, "nothing");
  },
  set: () => {
    const bucket = Bucket.openBucket("endless");
    return () => {
      using value = OutgoingValue.newOutgoingValue();
      value.outgoingValueWriteBodySync(toBytes("1"));
      set(bucket, "something", value);
    };
  },
  ready: () => {
    const timer = subscribeDuration(FAR);
    return () => timer.ready();
  },
  promise: () => {
    const promise = createPromise();
    return () => pollPromise(promise);
  },
  future: (callee) => {
    const { componentId } = getSelfMetadata().workerId;
    const steps = JSON.stringify([["sleep", 10 ** 9]]);
    const future = new WasmRpc({ componentId, workerName: callee }).asyncInvokeAndAwait(
      "campaign:program-exports/api.{run}",
      [{ nodes: [{ tag: "prim-string", val: steps }] }],
    );
    return () => future.get();
  },
  allocate: () => allocate,
};

/** What never yields, or not for long. */
export const endlessSteps: Steps = {
  hash,
  /**
   * Never answers.
   *
   * @param callee the worker that `future` waits for, and never gets an answer of
   */
  forever: (kind: string, callee: string) => {
    const prepare = KINDS[kind];
    if (prepare === undefined) throw new Error(`There is no kind ${kind}`);
    const again = prepare(callee);
    for (;;) again();
  },
};
