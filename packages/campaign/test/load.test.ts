import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { EmbeddedProgram } from "../src/embedded-program.ts";
import { seededRandom } from "../src/seeded-random.ts";
import { reportFigures, tellProgress } from "./figures.ts";

const WORKERS = campaignSize(40, 1_000);
const CLIENTS = 50;
const CALLS = campaignSize(300, 10_000);
/** Far fewer than there are workers: most calls find theirs out of memory, and bring it back. */
const INSTANCES = campaignSize(6, 64);
const MEGABYTE = 1024 * 1024;
/** What a live instance of the component may take, with its JavaScript engine. */
const MEGABYTES_PER_INSTANCE = 40;

test(
  "workers that are evicted and come back under load lose nothing, and memory stays bounded",
  async (context) => {
    await using embedded = await EmbeddedProgram.open({ maxIdleInstances: INSTANCES });
    const random = seededRandom(1);
    const expected = new Map<string, number>();
    const before = process.memoryUsage().rss;
    let highest = before;
    let left = CALLS;
    const started = performance.now();
    const client = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        tellProgress("calls", CALLS - left, CALLS);
        const name = `load-${Math.floor(random() * WORKERS)}`;
        const by = left % 7;
        expected.set(name, (expected.get(name) ?? 0) + by);
        await embedded.run(name, [["add", by]]);
      }
    };
    const watch = new AbortController();
    const watching = (async () => {
      while (!watch.signal.aborted) {
        highest = Math.max(highest, process.memoryUsage().rss);
        await delay(100, undefined, { signal: watch.signal }).catch(() => undefined);
      }
    })();
    await Promise.all(Array.from({ length: CLIENTS }, client));
    const seconds = (performance.now() - started) / 1_000;
    watch.abort();
    await watching;

    const lost: string[] = [];
    for (const [name, sum] of expected) {
      const [kept] = await embedded.run(name, [["add", 0]]);
      if (kept !== sum) lost.push(`${name} has ${String(kept)}, not ${sum}`);
    }
    const grown = (highest - before) / MEGABYTE;
    reportFigures(context, {
      "workers under load": expected.size,
      "calls under load": CALLS,
      "calls a second under load": Math.round(CALLS / seconds),
      "megabytes grown under load": Math.round(grown),
    });
    expect(lost).toEqual([]);
    // Instances that run beside the idle ones: as many as there are clients.
    expect(grown).toBeLessThan((INSTANCES + CLIENTS) * MEGABYTES_PER_INSTANCE);
  },
  CALLS * 500,
);
