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

  /** @param total how many runs there were to be */
  constructor(runs: readonly DifferentRun[], total: number) {
    super(
      `${runs.length} of ${total} crashed runs came out differently.\n\n${runs.map(describe).join("\n\n")}`,
    );
    this.runs = runs;
  }
}

function describe({ crashes, differences, entries }: DifferentRun): string {
  const shown = differences
    .slice(0, MOST_SHOWN)
    .map(({ path, expected, found }) => `  ${path}\n    undisturbed: ${expected}\n    crashed:     ${found}`);
  if (differences.length > MOST_SHOWN) shown.push(`  and ${differences.length - MOST_SHOWN} more`);
  return [
    `Crashed ${crashes.map(({ worker, index }) => `${worker} after entry ${index}`).join(", then ")}:`,
    ...crashes.map((crash) => surroundings(crash, entries)),
    ...shown,
  ].join("\n");
}

function surroundings({ worker, index }: CrashedEntry, entries: readonly CrashedEntry[]): string {
  const around = entries.filter((each) => each.worker === worker && Math.abs(each.index - index) <= CONTEXT);
  return excerpt(
    around.map((each) => ({ oplogIndex: each.index, entry: each.entry })),
    index,
  );
}
