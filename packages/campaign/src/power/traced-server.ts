import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { GolemClient, startServer } from "@golem-kit/cli";
import { CACHE } from "../cache.ts";
import { ProgramServer } from "../program-server.ts";
import type { TimedEvent } from "./disk-event.ts";
import { parseTrace, straceOf } from "./parse-trace.ts";

/** All that a server did to its data directory, in which paths are. */
export interface Traced<T> {
  readonly events: readonly TimedEvent[];
  /** How many events there were when the program was there. */
  readonly start: number;
  readonly componentId: string;
  readonly result: T;
}

/** True if this machine can do it: strace is there, and may look at processes. */
export function canTrace(): boolean {
  return process.platform === "linux" && spawnSync("strace", ["-qq", "true"]).status === 0;
}

/**
 * Runs a server that is watched.
 *
 * @param use is given the program; the server is killed by `end`, or when it is over
 * @param options more of strace
 */
export async function traceServer<T>(
  sync: "full" | "normal",
  use: (program: ProgramServer, end: () => Promise<unknown>) => Promise<T>,
  options: readonly string[] = [],
): Promise<Traced<T>> {
  await using resources = new AsyncDisposableStack();
  const folder = resources.adopt(await mkdtemp(join(tmpdir(), "golem-kit-power-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const trace = join(folder, "trace");
  const dataDir = join(folder, "data");
  const server = resources.use(
    await startServer({ dataDir, cacheDir: CACHE }, ["--sync", sync], [...straceOf(trace), ...options]),
  );
  const tracer = tracerOf(server.pid);
  const program = await ProgramServer.deploy(new GolemClient(server.url));
  const deployed = Date.now();
  const end = (): Promise<unknown> => server.end("SIGKILL");
  const result = await use(program, end);
  await end();
  while (isThere(tracer)) await delay(5);
  // Instances end with their process.
  const isKept = (path: string): boolean =>
    path.startsWith(`${dataDir}/`) && !path.startsWith(`${dataDir}/instances/`) && !path.endsWith("-shm");
  const events = (await parseTrace(trace, (path) => path === dataDir || isKept(path))).map(within(dataDir));
  const start = events.findIndex(({ time }) => time >= deployed);
  return { events, start, componentId: program.componentId, result };
}

function tracerOf(pid: number): number {
  const found = /^TracerPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(found?.[1]);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function within(root: string): (timed: TimedEvent) => TimedEvent {
  const inside = (path: string): string => path.slice(root.length) || "/";
  return ({ time, event }) => {
    if (event.type === "send") return { time, event };
    if (event.type !== "rename") return { time, event: { ...event, path: inside(event.path) } };
    return { time, event: { ...event, path: inside(event.path), to: inside(event.to) } };
  };
}
