import { once } from "node:events";

import { EXIT } from "./exit-codes.ts";
import type { Job } from "./job.ts";
import { spawnDebuggee } from "./spawn-debuggee.ts";

/** What came of a replay. */
type Replayed = "replayed" | "differs" | "impossible";

/** Nothing can be debugged. */
class DebuggerError extends Error {
  override readonly name = "DebuggerError" as const;
}

const ENDING = ["SIGTERM", "SIGHUP", "SIGINT"] as const;

/**
 * Replays a worker on its program in a process of its own, with this one's standard streams.
 *
 * @returns `replayed`; `differs` if the program does something else than what is recorded; `impossible` if that cannot be replayed, or
 *   somebody has ended it
 * @throws DebuggerError if debuggers cannot attach
 */
export async function runDebuggee(job: Job): Promise<Replayed> {
  const child = spawnDebuggee(job, "inherit");
  const ended = once(child, "exit") as Promise<[number | null]>;
  // It waits for a debugger, and would do so for ever.
  const end = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of ENDING) process.on(signal, end);
  const [code] = await ended;
  for (const signal of ENDING) process.off(signal, end);
  if (code === EXIT.portInUse) {
    throw new DebuggerError(
      `The debugger's port ${job.port} is in use. What to do: end the other process, or choose another port with --port (0 for any).`,
    );
  }
  if (code === 0) return "replayed";
  return code === EXIT.differs ? "differs" : "impossible";
}
