import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { join } from "node:path";

import type { Job } from "./job.ts";

/** Begins a process in which a program is replayed, and tells it its job. Where its output goes, the options say. */
export function spawnDebuggee(
  job: Job,
  output: "inherit" | "pipe",
  options: Pick<SpawnOptions, "timeout" | "killSignal" | "signal"> = {},
): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, "debuggee", "main.ts")], {
    ...options,
    stdio: ["ignore", output, output === "inherit" ? "inherit" : "ignore", "ipc"],
    serialization: "advanced",
  });
  child.send(job);
  return child;
}
