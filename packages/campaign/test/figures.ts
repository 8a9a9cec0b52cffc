import type { TestContext } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import type { Measurement } from "../src/measurement.ts";

/** What a part of the campaign tried, in numbers, by what they are of. */
export type Figures = Readonly<Record<string, number>>;

declare module "vitest" {
  interface TaskMeta {
    /** For the table of the campaign. */
    figures?: Figures;
    /** For a table of the part's own. */
    measurements?: readonly Measurement[];
  }
}

/** Tells the campaign how much was tried. */
export function reportFigures({ task }: Pick<TestContext, "task">, figures: Figures): void {
  task.meta.figures = { ...task.meta.figures, ...figures };
}

/** Gives the campaign a row of the part's own table, and shows it to whoever waits. */
export function reportMeasurement({ task }: Pick<TestContext, "task">, measurement: Measurement): void {
  task.meta.measurements = [...(task.meta.measurements ?? []), measurement];
  if (steps > 0) process.stderr.write(`  ${measurement.of}: ${JSON.stringify(measurement.figures)}\n`);
}

const steps = campaignSize(0, 20);

/** Tells whoever waits for the campaign how far a long test is, at every twentieth of the way. */
export function tellProgress(what: string, done: number, all: number): void {
  const step = Math.ceil(all / steps);
  if (steps > 0 && done % step === 0) process.stderr.write(`  ${done} of ${all} ${what}\n`);
}
