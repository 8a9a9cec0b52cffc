import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DevProcess, GolemClient, startDev } from "@golem-kit/cli";
import type { Measurement } from "../measurement.ts";
import { Latencies } from "../neighbours/latencies.ts";
import { type ProcessSize, processSize } from "./process-size.ts";
import { SAVE_KINDS, type SaveKind } from "./save-kinds.ts";
import { savedApplication } from "./saved-application.ts";
import { type OrdersPlan, SteadyOrders } from "./steady-orders.ts";

export interface SavesPlan extends OrdersPlan {
  readonly saves: number;
  /** Saves after which the process has all that it needs, of each kind one at least: growth counts from there. */
  readonly warmUp: number;
  /** A number from 0 to 1: which kind comes next. */
  readonly random: () => number;
}

/** Milliseconds until what a process closes by itself is closed: connections, threads of builds, versions without workers. */
const REST = 20_000;

/** What came of it. */
export interface SavesRound {
  readonly measurement: Measurement;
  readonly problems: readonly string[];
  /** Lines that were added meanwhile. */
  readonly calls: number;
  readonly growth: ProcessSize;
}

/** Saves one file after the other of an application that `golem-kit dev` runs, while its workers are called. */
export async function savesRound({ saves, warmUp, random, ...called }: SavesPlan): Promise<SavesRound> {
  await using application = await savedApplication();
  const { directory } = application;
  await using dev = await startDev(directory, ["--quiet"]);
  const client = new GolemClient(dev.url);
  const [component] = await client.list("shop:orders");
  const orders = new SteadyOrders(client, component?.versionedComponentId.componentId ?? "", called);
  const pristine = await contentsOf(directory);
  const answers = new Latencies();
  const problems: string[] = [];
  let before: ProcessSize | undefined;
  for (let save = 0; save < saves; save += 1) {
    if (save === warmUp) before = await processSize(dev.pid);
    const kind = kindOf(save, random);
    if (kind === undefined) continue;
    const changed = kind.edit(pristine.get(kind.path) ?? "", save);
    const problem = await saveOnce(dev, join(directory, kind.path), {
      kind,
      changed,
      answers,
      ask: () => orders.get("order-0"),
    });
    if (problem !== undefined) problems.push(`save ${save}, ${kind.name}: ${problem}`);
  }
  const calls = orders.added;
  problems.push(...(await orders.end()));
  const after = await restingSize(dev.pid, before);
  if ((await dev.end("SIGTERM")) !== 0) problems.push("it did not end by itself");
  return {
    problems,
    calls,
    growth: grown(before, after),
    measurement: measurementOf(answers, saves, called.orders),
  };
}

/** Each kind once, for what the process begins with it and keeps; then the good one and any in turn. */
function kindOf(save: number, random: () => number): SaveKind | undefined {
  if (save < SAVE_KINDS.length) return SAVE_KINDS[save];
  return save % 2 === 0 ? SAVE_KINDS[0] : SAVE_KINDS[Math.floor(random() * SAVE_KINDS.length)];
}

interface OneSave {
  readonly kind: SaveKind;
  /** The file as it is to be. */
  readonly changed: string;
  /** From a save to the first answer of its code. */
  readonly answers: Latencies;
  readonly ask: () => Promise<unknown>;
}

/** The files that are edited, as they were. */
async function contentsOf(directory: string): Promise<ReadonlyMap<string, string>> {
  const contents = new Map<string, string>();
  for (const { path } of SAVE_KINDS) contents.set(path, await readFile(join(directory, path), "utf8"));
  return contents;
}

/** Saves and waits for what comes of it; what does not work is taken back. @returns what is wrong */
async function saveOnce(
  dev: DevProcess,
  file: string,
  { kind, changed, answers, ask }: OneSave,
): Promise<string | undefined> {
  const present = await readFile(file, "utf8");
  if (changed === present) return kind.name === "of WIT" ? undefined : "it changes nothing";
  const began = performance.now();
  const behind = dev.events.length;
  await writeFile(file, changed);
  const isOfOrders = ({ component }: { readonly component: string | undefined }): boolean =>
    component === "shop:orders" || component === undefined;
  if (!kind.works) {
    await dev.event("failed", isOfOrders, behind);
    const mending = dev.events.length;
    await writeFile(file, present);
    await dev.event("mended", isOfOrders, mending);
    return undefined;
  }
  const { workers } = await dev.event("deployed", isOfOrders, behind);
  await ask();
  if (kind.name === "good") answers.note(performance.now() - began);
  return workers.stay === 0 ? undefined : `${workers.stay} workers stay on the old code`;
}

/** What a process holds once nobody asks it any more, and what it closes by itself is closed. */
async function restingSize(pid: number, before: ProcessSize | undefined): Promise<ProcessSize | undefined> {
  const until = performance.now() + REST;
  for (;;) {
    const size = await processSize(pid);
    const rests = size === undefined || before === undefined || size.handles <= before.handles;
    if (rests || performance.now() > until) return size;
    await new Promise((resolve) => void setTimeout(resolve, 100));
  }
}

function grown(before: ProcessSize | undefined, after: ProcessSize | undefined): ProcessSize {
  const by = (part: keyof ProcessSize): number => (after?.[part] ?? 0) - (before?.[part] ?? 0);
  return { memory: by("memory"), handles: by("handles"), threads: by("threads") };
}

function measurementOf(answers: Latencies, saves: number, orders: number): Measurement {
  const [median, p95] = [answers.within(0.5), answers.within(0.95)];
  return {
    of: `${orders} workers that are called`,
    figures: { saves, "first answer p50 ms": median, "first answer p95 ms": p95 },
    missed: [...(median > 500 ? ["median above 500 ms"] : []), ...(p95 > 1000 ? ["p95 above 1000 ms"] : [])],
  };
}
