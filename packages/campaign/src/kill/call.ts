import { isDeepStrictEqual } from "node:util";
import type { ProgramServer, Step } from "../program-server.ts";

const CALLERS = ["w0", "w1", "w2", "w3", "w4", "w5"] as const;
const CALLEES = ["c0", "c1", "c2"] as const;

/** What a call leaves behind, to be looked for when the killing is over. */
export interface Traces {
  /** Lines that must have been noted once, by worker. */
  readonly notes: readonly (readonly [worker: string, line: string])[];
  readonly keyValue?: string;
  readonly blob?: string;
}

/** One call of the load. Sending it again, under its key, must change nothing. */
export interface Call {
  readonly key: string;
  readonly kind: string;
  readonly worker: string;
  /** What has to be sent, possibly more than once, until the answer is there. */
  readonly send: (server: ProgramServer) => Promise<unknown>;
  /** What is to be answered, whatever happens. @default anything, as long as it stays the same */
  readonly isRight?: (answer: unknown) => boolean;
  readonly traces: Traces;
}

export const BUCKET = "kill";
export const CONTAINER = "kill";

/** How often a blob's text is repeated: it is written in several pieces. */
export const BLOB_REPEATS = 300;

type Kind = (
  key: string,
  worker: string,
  callee: string,
  other: string,
) => Pick<Call, "send" | "isRight" | "traces">;

/** Also notes the key, in the memory of the worker, and is answered by it at the end. */
function awaited(
  key: string,
  worker: string,
  steps: readonly Step[],
  traces: Partial<Traces> = {},
): Pick<Call, "send" | "traces"> {
  return {
    send: (server) => server.worker(worker).run([["note", key], ...steps, ["echo", key]], key),
    traces: { ...traces, notes: [[worker, key], ...(traces.notes ?? [])] },
  };
}

const kinds: Readonly<Record<string, Kind>> = {
  files: (key, worker) =>
    awaited(key, worker, [
      ["fs.append", "notes", `${key}\n`],
      ["add", 1],
    ]),
  "key-value": (key, worker) =>
    awaited(
      key,
      worker,
      [
        ["kv.set", BUCKET, key, key],
        ["kv.get", BUCKET, key],
        ["kv.set", BUCKET, "latest", key],
      ],
      {
        keyValue: key,
      },
    ),
  blob: (key, worker) =>
    awaited(
      key,
      worker,
      [
        ["blob.write-many", CONTAINER, key, `${key}|`, BLOB_REPEATS],
        ["blob.write-many", CONTAINER, "latest", `${key}|`, BLOB_REPEATS],
        ["blob.read", CONTAINER, key, 0, key.length],
      ],
      { blob: key },
    ),
  "call, blocking": (key, worker, callee) =>
    awaited(key, worker, [["rpc.blocking", callee, [["note", `${key} b`]]]], {
      notes: [[callee, `${key} b`]],
    }),
  "calls, awaited": (key, worker, callee, other) =>
    awaited(
      key,
      worker,
      [
        [
          "rpc.all",
          [
            [callee, [["note", `${key} 1`]]],
            [other, [["note", `${key} 2`]]],
          ],
        ],
      ],
      {
        notes: [
          [callee, `${key} 1`],
          [other, `${key} 2`],
        ],
      },
    ),
  "call, triggered": (key, worker, callee) =>
    awaited(key, worker, [["rpc.invoke", callee, [["note", `${key} t`]]]], {
      notes: [[callee, `${key} t`]],
    }),
  "call, scheduled": (key, worker, callee) =>
    awaited(key, worker, [["rpc.schedule", callee, [["note", `${key} s`]], 40]], {
      notes: [[callee, `${key} s`]],
    }),
  accepted: (key, worker) => ({
    send: (server) =>
      server.worker(worker).trigger(
        [
          ["note", key],
          ["sleep", 5],
        ],
        key,
      ),
    traces: { notes: [[worker, key]] },
  }),
  "promise of its own": (key, worker) => ({
    ...awaited(key, worker, [
      ["promise.create", key],
      ["promise.complete", key, key],
      ["promise.poll", key],
      ["promise.await", key],
    ]),
    isRight: (answer) => isDeepStrictEqual((answer as unknown[]).slice(2), [true, key, key, key]),
  }),
  "promise completed from outside": (key) => {
    const worker = `p-${key}`;
    return {
      send: (server) => awaitedFromOutside(server, worker, key),
      isRight: (answer) => answer === key,
      traces: { notes: [[worker, key]] },
    };
  },
};

/** The worker sleeps on its promise until somebody completes it. */
async function awaitedFromOutside(server: ProgramServer, workerName: string, key: string): Promise<unknown> {
  const worker = server.worker(workerName);
  const steps: Step[] = [
    ["promise.create", "p"],
    ["promise.publish", "p", BUCKET, `promise ${key}`],
    ["note", key],
    ["promise.await", "p"],
  ];
  await worker.trigger(steps, key);
  const reader = server.worker("reader");
  let index: unknown;
  while (typeof index !== "string") [index] = await reader.run([["kv.get", BUCKET, `promise ${key}`]]);
  await worker.complete(Number(index), key);
  return (await worker.run(steps, key)).at(-1);
}

const KINDS = Object.keys(kinds);

/** The call with this number: all kinds, workers and callees take their turns. */
export function numberedCall(number: number): Call {
  const kind = KINDS[number % KINDS.length] ?? "";
  const key = `call-${number}`;
  const worker = CALLERS[(number * 7 + Math.floor(number / KINDS.length)) % CALLERS.length] ?? "";
  const callee = CALLEES[number % CALLEES.length] ?? "";
  const other = CALLEES[(number + 1) % CALLEES.length] ?? "";
  const made = kinds[kind]?.(key, worker, callee, other);
  if (made === undefined) throw new Error(`There is no kind ${kind}`);
  return { key, kind, worker, ...made };
}
