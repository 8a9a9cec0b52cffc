import { GolemClient } from "@golem-kit/cli";
import { expect, test } from "vitest";
import { type DiskKind, isPossible, openDisk } from "../src/disk/disk.ts";
import { fullDiskRound } from "../src/disk/full-disk-round.ts";
import { ProgramServer } from "../src/program-server.ts";
import { reportFigures } from "./figures.ts";

const CAUSE: Readonly<Record<DiskKind, RegExp>> = {
  limit: /Cannot use [\w.-]+: the disk reported an input\/output error\. What to do: .*free space/,
  "file system": /Cannot use ([\w.-]+|a worker's file system): the disk is full\. What to do: /,
};

test.for<DiskKind>(["limit", "file system"])(
  "a server whose disk is full says so, loses nothing, and goes on when there is space again (%s)",
  // What is missing at the end is waited for, for a while.
  { timeout: 300_000 },
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

test.skipIf(!isPossible("limit"))(
  "a call to a worker that cannot be written is made again when there is space, and not answered with the error",
  async () => {
    await using disk = await openDisk("limit");
    await using server = await disk.start();
    const program = await ProgramServer.deploy(new GolemClient(server.url));
    await program.worker("callee").run([["note", "long ".repeat(100_000)]]);
    // On all shards: the files of most are far smaller than that of the callee's.
    const callers = Array.from({ length: 8 }, (_, at) => `caller-${at}`);
    const call = (name: string): Promise<unknown> =>
      program.worker(name).run([["rpc.blocking", "callee", [["note", name]]]], `call of ${name}`);

    disk.fill(300_000);
    const refusals = await Promise.all(callers.map((name) => call(name).catch(String)));
    expect(refusals).toEqual(callers.map(() => expect.stringMatching(CAUSE.limit)));

    disk.free();
    const answers = await Promise.all(callers.map(call));
    const [noted] = (await program.worker("callee").run([["noted"]])) as [string[]];
    expect(noted.slice(1).toSorted()).toEqual(callers);
    // How many notes there were then.
    expect(answers).toEqual(callers.map((name) => [[noted.indexOf(name) + 1]]));
  },
);
