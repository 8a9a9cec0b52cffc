import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { GolemClient, startServer } from "@golem-kit/cli";
import { CACHE } from "../cache.ts";
import type { Call } from "../kill/call.ts";
import { Load } from "../kill/load.ts";
import { ProgramServer } from "../program-server.ts";
import type { TimedEvent } from "./disk-event.ts";
import { parseTrace, straceOf } from "./parse-trace.ts";

/** A server under load, and all that it did to its data directory. */
export interface TracedLoad {
  /** Paths are within the data directory. */
  readonly events: readonly TimedEvent[];
  /** How many events there were when the program was there. */
  readonly start: number;
  readonly componentId: string;
  readonly load: Load;
  /** How many events there were when the answer to a call had left. */
  readonly answered: ReadonlyMap<Call, number>;
}

/** True if this machine can do it: strace is there, and may look at processes. */
export function canTrace(): boolean {
  return process.platform === "linux" && spawnSync("strace", ["-qq", "true"]).status === 0;
}

/** @param answers how many calls are to be answered before the server is killed */
export async function traceLoad(sync: "full" | "normal", answers: number): Promise<TracedLoad> {
  await using resources = new AsyncDisposableStack();
  const folder = resources.adopt(await mkdtemp(join(tmpdir(), "golem-kit-power-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const trace = join(folder, "trace");
  const dataDir = join(folder, "data");
  const server = resources.use(await startServer({ dataDir, cacheDir: CACHE, sync }, straceOf(trace)));
  const tracer = tracerOf(server.pid);
  const program = await ProgramServer.deploy(new GolemClient(server.url));
  const deployed = Date.now();
  const load = new Load();
  const enough = new AbortController();
  const running = load.run(program, enough.signal);
  await load.answered(answers);
  enough.abort();
  await server.end("SIGKILL");
  await running;
  while (isThere(tracer)) await delay(5);
  // Instances end with their process, and the lock is of no file.
  const isKept = (path: string): boolean =>
    path.startsWith(`${dataDir}/`) && !path.startsWith(`${dataDir}/instances/`) && !path.endsWith("-shm");
  const events = (await parseTrace(trace, (path) => path === dataDir || isKept(path))).map(within(dataDir));
  return {
    events,
    start: events.findIndex(({ time }) => time >= deployed),
    componentId: program.componentId,
    load,
    answered: answersIn(events, load),
  };
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

/** An answer that has the key of its call left with that; of an acceptance it is known when it had come. */
function answersIn(events: readonly TimedEvent[], { answers, times }: Load): Map<Call, number> {
  const sends = events.flatMap(({ event }, at) =>
    event.type === "send" && event.text.startsWith("HTTP/1.1 200") ? [{ text: event.text, at: at + 1 }] : [],
  );
  const answered = new Map<Call, number>();
  for (const call of answers.keys()) {
    const key = new RegExp(`${call.key}(?!\\d)`);
    const send = sends.find(({ text }) => key.test(text))?.at;
    const time = times.get(call)?.answered ?? Number.POSITIVE_INFINITY;
    const known = events.findIndex((event) => event.time > time);
    answered.set(call, send ?? (known < 0 ? events.length : known));
  }
  return answered;
}
