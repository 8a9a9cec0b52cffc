import { createHost, type MoveOutcome, type WorkerId } from "@golem-kit/host";
import { CACHE } from "../cache.ts";
import type { Measurement } from "../measurement.ts";
import { Latencies } from "../neighbours/latencies.ts";
import type { ProgramVersion } from "./program-versions.ts";

/** What is measured. */
export interface SavePlan {
  readonly workers: number;
  /** Of the oplog of each. */
  readonly entries: number;
  readonly saves: number;
  /** Milliseconds to the answer of the worker that is asked at once: what is left of the aim when the build has had its part. */
  readonly aims: { readonly median: number; readonly p95: number };
}

/** What came of it. */
export interface SaveTimes {
  readonly measurement: Measurement;
  /** Workers that were not moved at once. */
  readonly others: readonly MoveOutcome[];
}

const RUN = "campaign:program-exports/api.{run}";
/** Three host calls: with its begin and its end an invocation has so many entries. */
const STEPS = JSON.stringify([["kv.set", "b", "k", "v"], ["add", 1], ["random"], ["kv.get", "b", "k"]]);
const ENTRIES_PER_CALL = 5;
const AT_ONCE = 20;

/**
 * Uploads one version after the other, moves all workers to it, and asks one of them at once: how long it takes to the answer, and
 * until all have been moved. The build is not in it.
 *
 * @param random a number from 0 to 1: which one is asked
 */
export async function saveTimes(
  versions: readonly ProgramVersion[],
  { workers, entries, saves, aims }: SavePlan,
  random: () => number,
): Promise<SaveTimes> {
  const fitting = versions.filter(({ fits }) => fits);
  // All have an instance: that of one without is made when it is called.
  await using host = await createHost({
    cacheDir: CACHE,
    shards: 2,
    maxIdleInstances: workers,
    maxIdleMemory: 8 * 2 ** 30,
  });
  const upload = (at: number): ProgramVersion =>
    fitting[at % fitting.length] ?? { wasm: new Uint8Array(), fits: true };
  const { versionedComponentId } = await host.components.create("campaign:program", upload(0));
  const { componentId } = versionedComponentId;
  const call = async (workerName: string): Promise<void> => {
    const id: WorkerId = { componentId, workerName };
    const params = { form: "values", values: [STEPS] } as const;
    await host.workers.invokeAndAwait(id, { function: RUN, params });
  };
  const names = Array.from({ length: workers }, (_, at) => `w${at}`);
  for (let from = 0; from < workers; from += AT_ONCE)
    await Promise.all(
      names.slice(from, from + AT_ONCE).map(async (name) => {
        for (let written = 1; written < entries; written += ENTRIES_PER_CALL) await call(name);
      }),
    );
  const answers = new Latencies();
  const moves = new Latencies();
  const others: MoveOutcome[] = [];
  for (let save = 1; save <= saves; save += 1) {
    const asked = names[Math.floor(random() * workers)] ?? "w0";
    const began = performance.now();
    await host.components.update(componentId, upload(save));
    const moving = Promise.all(
      names.map((workerName) => host.workers.move({ componentId, workerName }, save)),
    );
    await call(asked);
    answers.note(performance.now() - began);
    const { componentVersion } = await host.workers.get({ componentId, workerName: asked });
    if (componentVersion !== save) throw new Error(`${asked} has answered on version ${componentVersion}`);
    const outcomes = await moving;
    moves.note(performance.now() - began);
    others.push(...outcomes.filter(({ status }) => status !== "moved"));
  }
  const [median, p95] = [answers.within(0.5), answers.within(0.95)];
  return {
    others,
    measurement: {
      of: `${workers} workers of ${entries.toLocaleString("en")} entries`,
      figures: {
        saves,
        "first answer p50 ms": median,
        "first answer p95 ms": p95,
        "all moved p50 ms": moves.within(0.5),
        "all moved p95 ms": moves.within(0.95),
      },
      missed: [
        ...(median > aims.median ? [`median above ${aims.median} ms`] : []),
        ...(p95 > aims.p95 ? [`p95 above ${aims.p95} ms`] : []),
      ],
    },
  };
}
