import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildComponents, loadApplication } from "@golem-kit/build";
import { deployAll } from "@golem-kit/deployment";
import { createHost, type Host, type WorkerId } from "@golem-kit/host";

import { median } from "./median.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const LENGTHS = [1_000, 10_000, 100_000];
const ITEMS = { function: "shop:cart-exports/api.{items}" };

/** So often each recovery is measured; the median counts. */
const RUNS = 5;

/**
 * How long a worker takes to answer that has so many oplog entries and is not in memory: when its host was just started, from its image
 * and by a replay of all.
 */
export async function recovery(onProgress: (what: string) => void): Promise<readonly string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-bench-"));
  try {
    const componentId = await deployed(dataDir);
    const lines: string[] = [];
    for (const length of LENGTHS) {
      const worker = { componentId, workerName: `of-${length}` };
      onProgress(`a worker of ${length} entries`);
      await grow(dataDir, worker, length);
      const image = await timed(dataDir, worker, "image");
      const replay = await timed(dataDir, worker, "replay");
      const shown = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`.padStart(10);
      lines.push(
        `first answer of a worker of ${String(length).padStart(7)} entries: ${shown(image)} from its image, ` +
          `${shown(replay)} by a replay: ${(replay / image).toFixed(1)} ×   aim: ≤ 30 ms`,
      );
    }
    return lines;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function open(dataDir: string, how: "image" | "replay" = "image"): Promise<Host> {
  return createHost({ dataDir, shards: 1, cacheDir: join(ROOT, ".golem", "cache"), recovery: how });
}

async function deployed(dataDir: string): Promise<string> {
  await using host = await open(dataDir);
  const built = await buildComponents(await loadApplication(ROOT));
  const components = await deployAll(host.components, built);
  const componentId = components.get("shop:cart")?.versionedComponentId.componentId;
  if (componentId === undefined) throw new Error("The shop has no cart");
  return componentId;
}

/** Calls it until it has so many entries; the end of the host leaves an image. */
async function grow(dataDir: string, worker: WorkerId, length: number): Promise<void> {
  await using host = await open(dataDir);
  for (let entries = 0; entries < length;) {
    await Promise.all(Array.from({ length: 50 }, () => ask(host, worker)));
    entries = (await host.workers.oplog(worker, { from: 1, count: 1 })).lastIndex;
  }
}

async function timed(dataDir: string, worker: WorkerId, how: "image" | "replay"): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await using host = await open(dataDir, how);
    // The component is compiled, and the thread warm.
    await ask(host, { ...worker, workerName: "another" });
    const begin = performance.now();
    await ask(host, worker);
    times.push(performance.now() - begin);
  }
  return median(times);
}

function ask(host: Host, worker: WorkerId): Promise<unknown> {
  return host.workers.invokeAndAwait(worker, { ...ITEMS, params: { form: "values", values: [] } });
}
