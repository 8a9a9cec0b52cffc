import type { Duration } from "@golem-kit/sdk";
import type { Scenario } from "./scene.ts";
import { wholeNumber } from "./whole-number.ts";

/** How a worker comes back. */
export type Recovery = "image" | "replay";

export interface EveryCrashOptions {
  /** Runs before the scenario, each time, and is not disturbed. */
  readonly prepare?: Scenario;
  /**
   * The scenario is to throw, and what it throws is compared. Otherwise what an undisturbed run throws, such as an assertion that
   * fails, is what {@link everyCrash} rejects with. @default false
   */
  readonly throws?: boolean;
  /** How often each run crashes: with 2, again at another entry, just after the first one or elsewhere. @default 1 */
  readonly crashes?: 1 | 2;
  /**
   * With 2 crashes: at every two entries instead of at two for each entry. That are n × (n + 1) / 2 runs for n entries: `runs`
   * limits them. @default false
   */
  readonly everyPair?: boolean;
  /**
   * What becomes of entries that are not committed when a worker crashes. They are `kept` when Golem simulates a crash, or a
   * program traps: each run replays to another entry, which finds more. They are `lost` when a process is killed: it comes back
   * to its last commit, and does again what was not committed.
   *
   * @default "kept"
   */
  readonly uncommitted?: "lost" | "kept";
  /**
   * How workers that crash come back: `replay` of all that is recorded, or from an `image` of what they were when they last
   * rested, with a replay of what came after; `both`: each crash both ways. @default "replay"
   */
  readonly recovery?: Recovery | "both";
  /** Names of the components whose workers crash. @default all that are durable */
  readonly components?: readonly string[];
  /** The most runs; if there are more entries, they are taken at even distances. @default as many as there are entries */
  readonly runs?: number;
  /** How long a run may take, in the machine's time: one that hangs is none that ends later. @default "20 s" */
  readonly limit?: Duration;
  /** Ends it after the present run, e.g. the `signal` of a test that takes too long. */
  readonly signal?: AbortSignal;
  /** What may differ: `keyValue.stock.tea`, `workers.shop:cart/ada.log[0].message`. @default nothing */
  readonly ignore?: (path: string) => boolean;
}

/** @throws Error for what no run could obey */
export function checkOptions({ crashes = 1, everyPair = false, runs = 1 }: EveryCrashOptions): void {
  wholeNumber("`runs` of everyCrash", runs);
  if (![1, 2].includes(crashes))
    throw new Error(`\`crashes\` of everyCrash is ${crashes}: a run crashes once or twice, 1 or 2`);
  if (everyPair && crashes !== 2)
    throw new Error("`everyPair` of everyCrash is about runs that crash twice: add `crashes: 2`");
}
