import { expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { EmbeddedProgram } from "../src/embedded-program.ts";
import { reportFigures } from "./figures.ts";

/** Some ten seconds of a guest on a machine of today, in full. */
const ROUNDS = campaignSize(4_000_000, 20_000_000);
/** Answers of a neighbour, each of which it was suspended for. */
const SUSPENSIONS = campaignSize(20, 300);

/** What the guest computes, here: FNV-1a of so many numbers. */
function hash(rounds: number): number {
  let sum = 0x811c9dc5;
  for (let round = 0; round < rounds; round += 1) sum = Math.imul(sum ^ (round & 0xff), 0x01000193) >>> 0;
  return sum;
}

test(
  "a long computation that is suspended again and again for others finishes at the first attempt, with the right result",
  { timeout: campaignSize(60_000, 600_000) },
  async (context) => {
    await using embedded = await EmbeddedProgram.open({ shards: 1 });
    await embedded.run("neighbour", [["add", 0]]);
    const done = new AbortController();
    const begun = performance.now();
    const result = embedded.run("long", [["hash", ROUNDS]]).finally(() => done.abort());
    let answers = 0;
    while (!done.signal.aborted) {
      // The two are in one thread: a neighbour is answered while it computes if it is suspended.
      expect(await embedded.run("neighbour", [["add", 1]])).toEqual([answers + 1]);
      answers += 1;
    }
    const seconds = (performance.now() - begun) / 1_000;

    expect(await result).toEqual([hash(ROUNDS)]);
    expect(answers).toBeGreaterThan(SUSPENSIONS);
    const begunOrFailed = (await embedded.oplog("long"))
      .map(({ entry }) => entry.type)
      .filter((type) => type === "ExportedFunctionInvoked" || type === "Error");
    expect(begunOrFailed).toEqual(["ExportedFunctionInvoked"]);
    reportFigures(context, {
      "seconds of hashing": Math.round(seconds),
      "answers of a neighbour meanwhile": answers,
    });
  },
);
