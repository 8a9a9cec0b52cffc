import type { EveryCrashOptions, EveryCrashReport, Scenario } from "@golem-kit/testing";
import { expect, type TestContext } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { reportFigures } from "./figures.ts";

const RUNS = campaignSize(1, 1_000);

/** A test's limit, in milliseconds. */
export const TIMEOUT = campaignSize(60_000, 7_200_000);

/** As processes that are killed lose what is not committed, and as Golem's simulated crashes keep it. */
const WAYS: readonly EveryCrashOptions[] = [
  { crashes: 1, uncommitted: "lost" },
  { crashes: 2, uncommitted: "kept" },
  { crashes: 1, uncommitted: "kept" },
  { crashes: 2, uncommitted: "lost" },
];

const WAYS_TRIED = campaignSize(1, WAYS.length);

interface Context extends Pick<TestContext, "task"> {
  readonly everyCrash: (scenario: Scenario, options: EveryCrashOptions) => Promise<EveryCrashReport>;
}

/**
 * Crashes a function's workers once and twice, with and without what they have not committed: the campaign in all four ways,
 * `npm test` in the one whose turn it is.
 */
export async function crashFunction(
  { everyCrash, task }: Context,
  turn: number,
  scenario: Scenario,
  options: EveryCrashOptions = {},
): Promise<void> {
  let runs = 0;
  for (let at = 0; at < WAYS_TRIED; at += 1) {
    const way = WAYS[(turn + at) % WAYS.length];
    runs += (await everyCrash(scenario, { ...options, ...way, runs: RUNS })).runs;
  }
  reportFigures({ task }, { "exported functions crashed": 1, "crashed runs of exported functions": runs });
  expect(runs).toBeGreaterThan(0);
}
