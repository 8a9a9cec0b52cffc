import { once } from "node:events";

import type { Job } from "./job.ts";
import { spawnDebuggee } from "./spawn-debuggee.ts";

/** Where a call is made. */
export interface CallPlace {
  /** As the current directory has it. */
  readonly file: string;
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1. */
  readonly column: number;
}

/** As the debuggee says what its program wants to do. */
const PLACE = / at (\S+):(\d+):(\d+); nothing is done\.$/m;

/** Milliseconds that a replay may take. */
const LONGEST_REPLAY = 20_000;

/**
 * Where a program makes the first call that its oplog does not have, or has another one in place of: it is replayed in a process
 * of its own, without a debugger.
 *
 * @param signal ends the replay
 * @returns nothing if it makes none, or the replay cannot tell within 20 s
 * @throws AbortError
 */
export async function callPlace(
  job: Pick<Job, "replay" | "program">,
  signal: AbortSignal,
): Promise<CallPlace | undefined> {
  const limits = { timeout: LONGEST_REPLAY, killSignal: "SIGKILL", signal } as const;
  const child = spawnDebuggee(job, "pipe", limits);
  const ended = once(child, "close");
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (chunk) => (text = (text + String(chunk)).slice(-MOST_KEPT)));
  await ended;
  const [, file, line, column] = PLACE.exec(text) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}

/** Characters of the end of what a replay prints, which has the place. */
const MOST_KEPT = 16_384;
