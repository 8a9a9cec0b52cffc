import { expect, test } from "vitest";
import { type DiskKind, isPossible, openDisk } from "../src/disk/disk.ts";
import { fullDiskRound } from "../src/disk/full-disk-round.ts";
import { reportFigures } from "./figures.ts";

const CAUSE: Readonly<Record<DiskKind, RegExp>> = {
  limit: /Cannot use [\w.-]+: the disk reported an input\/output error\. What to do: .*free space/,
  "file system": /Cannot use ([\w.-]+|a worker's file system): the disk is full\. What to do: /,
};

test.for<DiskKind>(["limit", "file system"])(
  "a server whose disk is full says so, loses nothing, and goes on when there is space again (%s)",
  { timeout: 120_000 },
  async (kind, context) => {
    context.skip(!isPossible(kind), "this machine cannot do it");
    await using disk = await openDisk(kind);
    const { refusals, problems } = await fullDiskRound(disk);
    expect(problems).toEqual([]);
    expect(refusals.filter((refusal) => !CAUSE[kind].test(refusal))).toEqual([]);
    expect(refusals).not.toEqual([]);
    reportFigures(context, { "calls refused by a full disk": refusals.length });
  },
);
