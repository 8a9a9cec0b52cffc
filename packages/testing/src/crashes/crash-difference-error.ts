import type { PublicOplogEntry, WorkerId } from "@golem-kit/host";
import { excerpt } from "../describe-entry.ts";
import type { Difference } from "./expectation.ts";

/** An oplog entry just after which a worker crashes. */
export interface CrashedEntry {
  readonly id: WorkerId;
  /** `shop:cart/ada` */
  readonly worker: string;
  readonly index: number;
  readonly entry: PublicOplogEntry;
}

/** A run that came out otherwise than the undisturbed one. */
export interface DifferentRun {
  readonly crashes: readonly CrashedEntry[];
  readonly differences: readonly Difference[];
  /** All entries of the undisturbed run. */
  readonly entries: readonly CrashedEntry[];
}

const CONTEXT = 3;
const MOST_SHOWN = 10;

/** A crash changes what a scenario does. Names the entries, shows those around, and what is different. */
export class CrashDifferenceError extends Error {
  override readonly name = "CrashDifferenceError" as const;
  readonly runs: readonly DifferentRun[];

  /** @param counts how many runs were played, and how many there were to be */
  constructor(
    runs: readonly DifferentRun[],
    { played, planned }: { readonly played: number; readonly planned: number },
  ) {
    const have = runs.length === 1 ? "1 has" : `${runs.length} have`;
    super(
      [
        `After ${played} of ${planned} crashed runs, ${have} come out differently.`,
        ...runs.map(describe),
        WHAT_TO_DO,
      ].join("\n\n"),
    );
    this.runs = runs;
  }
}

const WHAT_TO_DO =
  "What to do: look for what is done again, or left out, after a marked entry (docs/guides/atomicity.md). " +
  'What is meant to differ passes with `ignore`: everyCrash(scenario, { ignore: (path) => path === "result.returned" }).';

function describe({ crashes, differences, entries }: DifferentRun): string {
  const shown = differences
    .slice(0, MOST_SHOWN)
    .map(({ path, expected, found }) => `  ${path}\n    undisturbed: ${expected}\n    crashed:     ${found}`);
  if (differences.length > MOST_SHOWN) shown.push(`  and ${differences.length - MOST_SHOWN} more`);
  const windows = crashes.map((crash, at) => {
    const heading = `${at === 0 ? "Crashed" : "And crashed"} ${crash.worker} after entry ${crash.index}:`;
    return `${heading}\n${surroundings(crash, entries)}`;
  });
  return [...windows, ...shown].join("\n");
}

function surroundings({ worker, index }: CrashedEntry, entries: readonly CrashedEntry[]): string {
  const around = entries.filter((each) => each.worker === worker && Math.abs(each.index - index) <= CONTEXT);
  return excerpt(
    around.map((each) => ({ oplogIndex: each.index, entry: each.entry })),
    index,
  );
}
