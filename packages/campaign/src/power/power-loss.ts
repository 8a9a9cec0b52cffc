import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GolemClient } from "@golem-kit/cli";
import { createHost, serve } from "@golem-kit/host";
import { CACHE } from "../cache.ts";
import type { Call } from "../kill/call.ts";
import { Load } from "../kill/load.ts";
import { problemsAfter } from "../kill/survivors.ts";
import { ProgramServer } from "../program-server.ts";
import type { TracedLoad } from "./traced-load.ts";
import { type Keeps, UnsyncedDisk } from "./unsynced-disk.ts";

/** What became of a server that lost its power. */
export interface PowerLoss {
  /** After so many events. */
  readonly at: number;
  readonly keeps: Keeps;
  /** How many answers it had given. */
  readonly answered: number;
  readonly problems: readonly string[];
}

/** How many are looked at at a time. */
const AT_ONCE = 2;

/**
 * Lets the server lose its power after so many events, each time anew, and looks what another one makes of its disk.
 *
 * @param cuts ascending
 * @param random a number from 0 to 1: what the disk keeps
 */
export async function losePower(
  traced: TracedLoad,
  cuts: readonly number[],
  random: () => number,
  onLoss: (loss: PowerLoss) => void,
): Promise<void> {
  const disk = new UnsyncedDisk();
  let applied = 0;
  const looking = new Set<Promise<void>>();
  for (const [number, at] of cuts.entries()) {
    for (; applied < at; applied += 1) {
      const timed = traced.events[applied];
      if (timed !== undefined) disk.apply(timed.event);
    }
    const keeps = number % 2 === 0 ? "nothing" : "anything";
    const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-power-"));
    disk.restore(dataDir, keeps, random);
    const look = async (): Promise<void> => {
      onLoss({ at, keeps, ...(await after(traced, at, dataDir)) });
      await rm(dataDir, { recursive: true, force: true });
    };
    const settled = look().finally(() => looking.delete(settled));
    looking.add(settled);
    if (looking.size >= AT_ONCE) await Promise.race(looking);
  }
  await Promise.all(looking);
}

async function after(
  { events, answered, result: load, componentId }: TracedLoad,
  at: number,
  dataDir: string,
): Promise<Pick<PowerLoss, "answered" | "problems">> {
  const time = events[at - 1]?.time ?? 0;
  const sent = load.sent.filter((call) => (load.times.get(call)?.sent ?? Number.POSITIVE_INFINITY) <= time);
  const answers = new Map([...load.answers].filter(([call]) => (answered.get(call) ?? 0) <= at));
  await bootAnew(dataDir);
  const opened = Date.now();
  try {
    await using host = await createHost({ dataDir, cacheDir: CACHE });
    await using rest = await serve(host, { port: 0 });
    const program = new ProgramServer(new GolemClient(rest.url), componentId);
    const problems = [...host.damage];
    for (const call of answers.keys()) problems.push(...(await problemsOfKept(program, call, opened)));
    // What is lost would be waited for, for a minute a worker.
    if (problems.length > 0) return { answered: answers.size, problems };
    const again = Load.cutOff([...new Set([...sent, ...answers.keys()])], answers);
    await again.finish(program);
    problems.push(...again.failures, ...(await problemsAfter(again, program)));
    return { answered: answers.size, problems };
  } catch (error) {
    return { answered: answers.size, problems: [`The host does not open: ${String(error)}`] };
  }
}

/** The machine was started since: that is how a host knows that it may have lost its power. */
async function bootAnew(dataDir: string): Promise<void> {
  const file = join(dataDir, "holder.json");
  if (!existsSync(file)) return;
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace(/"boot":"[^"]*"/, '"boot":"an earlier one"'));
}

/** What was answered was not only done again: it is still there, from before. */
async function problemsOfKept(server: ProgramServer, call: Call, opened: number): Promise<string[]> {
  const name = call.traces.notes[0]?.[0] ?? call.worker;
  const wanted = call.kind === "accepted" ? "PendingWorkerInvocation" : "ExportedFunctionCompleted";
  let isOpen = false;
  for await (const { type, timestamp, parameters } of server.client.oplog(server.worker(name).id, {
    from: 1,
  })) {
    const isKept = Date.parse(timestamp) < opened;
    if (type === "ExportedFunctionInvoked") isOpen = parameters["idempotencyKey"] === call.key;
    if (!isKept) continue;
    if (type === "ExportedFunctionCompleted" && isOpen) return [];
    if (call.kind === "accepted" && isOpen) return [];
    if (type === wanted && JSON.stringify(parameters).includes(`"${call.key}"`)) return [];
  }
  return [`${call.kind} (${call.key}) was answered, and ${name} has forgotten it`];
}
