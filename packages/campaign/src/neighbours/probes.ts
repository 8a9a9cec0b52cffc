import { setTimeout as delay } from "node:timers/promises";
import type { ProgramServer } from "../program-server.ts";
import { type Footprint, footprint } from "./footprint.ts";
import { Latencies } from "./latencies.ts";
import type { NeighbourServer } from "./neighbour-server.ts";

/** Milliseconds between two questions of a kind. */
const PAUSE = 100;

/** How soon a server answers, and how much it takes meanwhile. */
export interface Probes {
  readonly healthcheck: Latencies;
  readonly metadata: Latencies;
  readonly listing: Latencies;
  /** The most that it took. */
  readonly peak: Footprint;
  /** Questions that were not answered: each reason once. */
  readonly problems: readonly string[];
}

/**
 * Asks a server again and again until the signal.
 *
 * @param nameOf a worker to ask about, which there is
 */
export async function probe(
  { program, process, dataDir }: NeighbourServer,
  nameOf: () => string,
  signal: AbortSignal,
): Promise<Probes> {
  const [healthcheck, metadata, listing] = [new Latencies(), new Latencies(), new Latencies()];
  let peak: Footprint = { memory: 0, disk: 0 };
  const problems = new Set<string>();
  const again = async (ask: () => Promise<unknown>): Promise<void> => {
    while (!signal.aborted) {
      await ask().catch((error: unknown) => problems.add(String(error)));
      await delay(PAUSE, undefined, { signal }).catch(() => undefined);
    }
  };
  await Promise.all([
    again(() => healthcheck.time(() => assertHealthy(process.url))),
    again(() => metadata.time(() => program.worker(nameOf()).metadata())),
    again(() => listing.time(() => firstPage(program))),
    again(async () => {
      const { memory, disk } = await footprint(process.pid, dataDir);
      peak = { memory: Math.max(peak.memory, memory), disk: Math.max(peak.disk, disk) };
    }),
  ]);
  return { healthcheck, metadata, listing, peak, problems: [...problems] };
}

async function assertHealthy(url: string): Promise<void> {
  const response = await fetch(`${url}/healthcheck`);
  await response.text();
  if (!response.ok) throw new Error(`/healthcheck answers ${response.status}`);
}

async function firstPage({ client, componentId }: ProgramServer): Promise<void> {
  const [first] = [await client.workers(componentId)[Symbol.asyncIterator]().next()];
  if (first.done === true) throw new Error("The component has no workers");
}
