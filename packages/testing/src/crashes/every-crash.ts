import type { Workspace } from "../workspace.ts";
import { type CrashedEntry, CrashDifferenceError, type DifferentRun } from "./crash-difference-error.ts";
import { crashPlans, spread } from "./crash-plans.ts";
import { checkOptions, type EveryCrashOptions, type Recovery } from "./every-crash-options.ts";
import { learn, variablePaths } from "./expectation.ts";
import type { Scenario } from "./scene.ts";
import { type Run, Stage } from "./stage.ts";

/** So many differing runs tell enough. */
const MOST_DIFFERENCES = 5;

export interface EveryCrashReport {
  /** Oplog entries of the undisturbed run, hints apart. */
  readonly entries: number;
  /** Runs that were crashed. */
  readonly runs: number;
  /** Runs that there are without a limit. */
  readonly possible: number;
  /** Entries that were not reached a second time, since the run took another way. */
  readonly unreached: readonly CrashedEntry[];
  /**
   * Where the undisturbed runs differed, so that nothing but the type was compared; without what `ignore` lets pass. `…` stands
   * for a name that varies: `keyValue.payments.…`.
   */
  readonly variable: readonly string[];
}

/**
 * Plays a scenario once undisturbed, and once for each entry of each oplog that it leaves, crashing the entry's worker just
 * after it; all must come out the same: results, statuses, invocations of all workers with parameters and results, logs,
 * key-value store and blob store. What differs between two undisturbed runs, such as times and random numbers, may differ.
 *
 * A run takes some 50 ms. The host that `workspace` has is reset before each.
 *
 * @throws CrashDifferenceError with the entries and the differences; what an undisturbed run throws
 */
export async function everyCrash(
  workspace: Workspace,
  scenario: Scenario,
  options: EveryCrashOptions = {},
): Promise<EveryCrashReport> {
  checkOptions(options);
  const stage = new Stage(workspace, scenario, options);
  const first = await undisturbed(stage, "first", options);
  const second = await undisturbed(stage, "second", options);
  const expected = learn(first.outcome, second.outcome);
  const points = stage.points(first.entries);
  if (points.length === 0) throw new Error(nothingToCrash(first, options));
  const all = crashPlans(points, options);
  const { recovery = "replay" } = options;
  const ways: readonly Recovery[] = recovery === "both" ? ["replay", "image"] : [recovery];
  const plans = ways.flatMap((way) => spread(all, options.runs).map((plan) => ({ plan, way })));
  const unreached: CrashedEntry[] = [];
  const different: DifferentRun[] = [];
  let runs = 0;
  for (const { plan, way } of plans) {
    options.signal?.throwIfAborted();
    runs += 1;
    const run = await stage.play("first", plan, way);
    unreached.push(...run.unreached);
    const found = stage.compare(expected, run);
    if (found.length > 0) different.push({ crashes: plan, differences: found, entries: first.entries });
    if (different.length === MOST_DIFFERENCES || run.hangs) break;
  }
  if (different.length > 0)
    throw new CrashDifferenceError(different, { played: runs, planned: plans.length });
  const variable = variablePaths(expected).filter((path) => options.ignore?.(path) !== true);
  return { entries: points.length, runs, possible: all.length * ways.length, unreached, variable };
}

/** @throws what the scenario throws, unless it is to; Error if it is to and does not, or if it does not end */
async function undisturbed(stage: Stage, keys: string, { throws = false }: EveryCrashOptions): Promise<Run> {
  const run = await stage.play(keys, []);
  if (run.hangs)
    throw new Error(`The undisturbed run of everyCrash ${stage.hanging}${unfinished(run)}. ${MOVE_ON}`);
  if (run.thrown !== undefined && !throws) throw run.thrown.error;
  if (run.thrown === undefined && throws)
    throw new Error(
      "The scenario of everyCrash is to throw, by its option `throws`, and an undisturbed run has not. Leave the option out.",
    );
  return run;
}

const MOVE_ON =
  "If it waits for time, let the scenario move the clock of its own host: `async ({ host, worker }) => … host.clock.advance(…)`; " +
  "the test's `clock` is another host's. If it waits for a promise, let the scenario complete it.";

/** The workers that may be what a run waits for. */
function unfinished({ outcome }: Run): string {
  const waiting = Object.entries(outcome.workers).filter(([, { status }]) => UNFINISHED.has(status));
  return waiting.length === 0
    ? ""
    : `: ${waiting.map(([title, { status }]) => `${title} is ${status}`).join(", ")}`;
}

const UNFINISHED: ReadonlySet<string> = new Set(["Running", "Suspended", "Retrying", "Interrupted"]);

function nothingToCrash({ outcome }: Run, { components = [] }: EveryCrashOptions): string {
  const workers = Object.keys(outcome.workers);
  const whose = components.length === 0 ? "durable worker" : `durable worker of ${components.join(" or ")}`;
  const remedy =
    workers.length === 0
      ? "Let it use the `worker` that it is given, `async ({ worker }) => …`: the test's `worker` is another host's."
      : `On its host are ${workers.join(", ")}.`;
  return `everyCrash found no entry to crash at: the scenario invokes no ${whose}. ${remedy}`;
}
