import type { Measurement } from "../measurement.ts";
import { Culprits } from "./culprits.ts";
import type { EndlessKind } from "./endless-kinds.ts";
import { footprint, type Footprint } from "./footprint.ts";
import { Latencies } from "./latencies.ts";
import type { NeighbourServer } from "./neighbour-server.ts";
import { type Probes, probe } from "./probes.ts";
import type { SteadyLoad } from "./steady-load.ts";

/** Milliseconds within which calls beside endless guests are to be answered, 99 of 100. */
const LONGEST_CALL = 250;

/** Milliseconds within which the server and any worker's metadata are to answer. */
const LONGEST_LOOK = 100;

const MEBIBYTE = 2 ** 20;

export interface RoundPlan {
  readonly kind: EndlessKind;
  /** How many; 0 to see what the machine does without. */
  readonly guests: number;
  readonly calls: number;
  /** Calls a second. */
  readonly rate: number;
}

export interface NeighboursRound {
  readonly measurement: Measurement;
  /** By how much the server has grown at most, in bytes. */
  readonly growth: Footprint;
  /** What may not be, on any machine. */
  readonly problems: readonly string[];
}

/** Calls neighbours beside endless guests, looks after the server meanwhile, and ends the guests. */
export async function neighboursRound(
  server: NeighbourServer,
  load: SteadyLoad,
  { kind, guests, calls, rate }: RoundPlan,
): Promise<NeighboursRound> {
  const before = await footprint(server.process.pid, server.dataDir);
  const culprits = await Culprits.begin(server.program, kind, guests);
  const done = new AbortController();
  let looks = 0;
  const nameOf = (): string => {
    looks += 1;
    const culprit = culprits.workers[looks % (2 * guests)];
    return culprit?.id.workerName ?? load.someName;
  };
  const [probes, latencies] = await Promise.all([
    probe(server, nameOf, done.signal),
    load.run(calls, rate).finally(() => done.abort()),
  ]);
  const ends = new Latencies();
  const stopped = await culprits.problems();
  const unended = await culprits.end(ends);
  const problems = [...probes.problems, ...stopped, ...unended, ...load.problems];
  await culprits.remove();
  const growth = {
    memory: Math.max(0, probes.peak.memory - before.memory),
    disk: Math.max(0, probes.peak.disk - before.disk),
  };
  const measurement = measured(
    guests === 0 ? "0 guests" : `${guests} × ${kind}`,
    latencies,
    probes,
    growth,
    ends,
  );
  return { measurement, growth, problems };
}

function measured(
  of: string,
  calls: Latencies,
  { healthcheck, metadata, listing }: Probes,
  growth: Footprint,
  ends: Latencies,
): Measurement {
  const looks: [string, Latencies][] = [
    ["/healthcheck", healthcheck],
    ["metadata", metadata],
  ];
  const missed = [
    ...(calls.within(0.99) > LONGEST_CALL ? [`calls' p99 above ${LONGEST_CALL} ms`] : []),
    ...looks
      .filter(([, latencies]) => latencies.within(1) > LONGEST_LOOK)
      .map(([what]) => `${what} above ${LONGEST_LOOK} ms`),
  ];
  const figures = {
    calls: calls.count,
    "p50 ms": calls.within(0.5),
    "p99 ms": calls.within(0.99),
    "max ms": calls.within(1),
    "/healthcheck p99 ms": healthcheck.within(0.99),
    "/healthcheck max ms": healthcheck.within(1),
    "metadata p99 ms": metadata.within(0.99),
    "metadata max ms": metadata.within(1),
    "listing max ms": listing.within(1),
    "memory MiB": Math.ceil(growth.memory / MEBIBYTE),
    "disk MiB": Math.ceil(growth.disk / MEBIBYTE),
    "ended within ms": ends.within(1),
  };
  return { of, figures, missed };
}
