import { GolemClient } from "@golem-kit/cli";
import { describe, expect, test } from "vitest";
import { type Disk, type DiskKind, isPossible, openDisk } from "../src/disk/disk.ts";
import { fullDiskRound } from "../src/disk/full-disk-round.ts";
import { ProgramServer, type Step } from "../src/program-server.ts";
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

test("a worker that writes much while less is free than a server is to leave is stopped, and the server says so", async ({
  skip,
}) => {
  skip(!isPossible("file system"), "this machine cannot do it");
  await using disk = await openDisk("file system");
  await using server = await disk.start(["--min-free-disk", "1GiB"]);
  const program = await ProgramServer.deploy(new GolemClient(server.url));
  const megabyte = "x".repeat(2 ** 20);

  // A 64th of what is free is allowed in ten seconds.
  const steps = Array.from({ length: 8 }, (): Step => ["log", megabyte]);
  await expect(program.worker("writer").run(steps)).rejects.toThrow("MiB of the disk are free");

  const told =
    /\/writer: The worker was stopped: only [\d.]+ MiB of the disk are free, and its oplog has grown by .* What to do: /;
  await expect.poll(server.complaints).toMatch(told);
  expect((await program.worker("writer").metadata()).status).toBe("Interrupted");
});

describe.skipIf(!isPossible("limit"))("while only the file of another worker is full", () => {
  const LIMIT = 300_000;
  const text = "long ".repeat(100_000);
  // On all shards: their files are far smaller than that of the other worker.
  const callers = Array.from({ length: 8 }, (_, at) => `caller-${at}`);

  /** What they are told before and after there is space. */
  async function askTwice<T>(disk: Disk, ask: (name: string) => Promise<T>): Promise<T[]> {
    disk.fill(LIMIT);
    const refusals = await Promise.all(callers.map((name) => ask(name).catch(String)));
    expect(refusals).toEqual(callers.map(() => expect.stringMatching(CAUSE.limit)));
    disk.free();
    return Promise.all(callers.map(ask));
  }

  test("a call to it is made again when there is space, and not answered with the error", async () => {
    await using disk = await openDisk("limit");
    await using server = await disk.start();
    const program = await ProgramServer.deploy(new GolemClient(server.url));
    await program.worker("callee").run([["note", text]]);

    const answers = await askTwice(disk, (name) =>
      program.worker(name).run([["rpc.blocking", "callee", [["note", name]]]], `call of ${name}`),
    );

    const [noted] = (await program.worker("callee").run([["noted"]])) as [string[]];
    expect(noted.slice(1).toSorted()).toEqual(callers);
    // How many notes there were then.
    expect(answers).toEqual(callers.map((name) => [[noted.indexOf(name) + 1]]));
  });

  test.each([
    ["reverted", () => ["revert", "other", 1]],
    ["updated", (name) => ["update", "other", 1 + callers.indexOf(name)]],
  ] satisfies [string, (name: string) => Step][])(
    "it is %s when there is space, and no caller has failed",
    async (_, step) => {
      await using disk = await openDisk("limit");
      await using server = await disk.start();
      const program = await ProgramServer.deploy(new GolemClient(server.url));
      const other = program.worker("other");
      for (const name of ["first", ...callers]) await other.run([["note", `${name}: ${text}`]]);

      const answers = await askTwice(disk, (name) => program.worker(name).run([step(name)], `${name} asks`));

      expect(answers).toEqual(callers.map(() => [null]));
      for (const name of callers) expect(await program.worker(name).failures()).toBe(0);
    },
  );
});
