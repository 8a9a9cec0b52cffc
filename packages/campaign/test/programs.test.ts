import fc from "fast-check";
import type { CrashPoint } from "@golem-kit/host";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { EmbeddedProgram } from "../src/embedded-program.ts";
import type { Step } from "../src/program-server.ts";
import { oplogStory } from "../src/programs/oplog-story.ts";
import { CALLEES, comparable, forRun, INVENTORY, randomProgram } from "../src/programs/random-program.ts";
import { reportFigures, tellProgress } from "./figures.ts";

const PROGRAMS = campaignSize(15, 500);
const CRASHES_PER_PROGRAM = campaignSize(2, 6);

/** All that one run of a program leaves: answers, the story of its oplog, and what the workers have that it called. */
interface Run {
  readonly results: unknown;
  readonly story: readonly string[];
  readonly callees: unknown;
}

/** Entries that the first, empty program of a worker leaves, at least. */
const FIRST_ENTRIES = 5;

describe.each([
  { shards: 1, recovery: "replay" },
  { shards: 4, recovery: "image" },
] as const)("random programs on $shards shards, recovered by $recovery", ({ shards, recovery }) => {
  let embedded: EmbeddedProgram;
  let runs = 0;
  let crashes = 0;
  let programs = 0;

  beforeAll(async () => {
    embedded = await EmbeddedProgram.open({ shards, recovery, imageAfter: 0 });
  });
  afterAll(() => embedded[Symbol.asyncDispose]());

  /** @param crash where the worker crashes */
  async function play(
    program: readonly Step[],
    crash?: CrashPoint,
  ): Promise<Run & { readonly length: number }> {
    runs += 1;
    const name = `run${runs}`;
    await embedded.run(name, []);
    if (crash !== undefined) {
      // One that is not reached ends with the host.
      embedded.host.simulation.crash(embedded.id(name), crash).then(
        (happened) => (crashes += happened ? 1 : 0),
        () => undefined,
      );
    }
    const results = await embedded.run(name, forRun(program, name));
    const entries = await embedded.oplog(name);
    const callees = [];
    for (const callee of CALLEES)
      callees.push(
        comparable(INVENTORY, await embedded.run(forRun(callee, name), forRun(INVENTORY, name)), name),
      );
    return {
      results: comparable(program, results, name),
      story: oplogStory(entries),
      callees,
      length: entries.length,
    };
  }

  test(
    "crashed anywhere they come out as if nothing had happened",
    async (context) => {
      const points = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: CRASHES_PER_PROGRAM,
        maxLength: CRASHES_PER_PROGRAM,
      });
      const property = fc.asyncProperty(randomProgram(10), points, async (program, places) => {
        const { length, ...undisturbed } = await play(program);
        for (const [at, place] of places.entries()) {
          const afterEntry = FIRST_ENTRIES + Math.floor(place * (length - FIRST_ENTRIES));
          const crash = { afterEntry, losesUncommitted: at % 2 === 1 };
          const { length: _, ...crashed } = await play(program, crash);
          expect({ crash, ...crashed }).toEqual({ crash, ...undisturbed });
        }
        programs += 1;
        tellProgress("random programs", programs, PROGRAMS);
      });
      await fc.assert(property, { numRuns: PROGRAMS, endOnFailure: PROGRAMS < 100 });
      reportFigures(context, { "random programs": PROGRAMS, "crashes of random programs": crashes });
      expect(crashes).toBeGreaterThan(PROGRAMS);
    },
    PROGRAMS * 10_000,
  );
});
