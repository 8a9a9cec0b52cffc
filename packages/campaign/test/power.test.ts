import { expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { losePower, type PowerLoss } from "../src/power/power-loss.ts";
import { traceLoad } from "../src/power/traced-load.ts";
import { canTrace } from "../src/power/traced-server.ts";
import { seededRandom } from "../src/seeded-random.ts";
import { reportFigures, tellProgress } from "./figures.ts";

const CUTS = campaignSize(4, 200);
const ANSWERS = campaignSize(30, 60);

test(
  "a server that survives loss of power loses nothing that it acknowledged, whatever the disk keeps of what was not flushed",
  { timeout: 120_000 + CUTS * 30_000 },
  async (context) => {
    context.skip(!canTrace(), "what a process writes and flushes is recorded by strace, which is not there");
    const traced = await traceLoad("full", ANSWERS);
    const random = seededRandom(1);
    const length = traced.events.length - traced.start;
    const cuts = Array.from({ length: CUTS }, () => traced.start + 1 + Math.floor(random() * length));
    const losses: PowerLoss[] = [];
    await losePower(
      traced,
      cuts.toSorted((a, b) => a - b),
      random,
      (loss) => {
        losses.push(loss);
        tellProgress("losses of power", losses.length, CUTS);
        expect.soft({ ...loss, problems: loss.problems }).toEqual({ ...loss, problems: [] });
      },
    );
    expect(losses).toHaveLength(CUTS);
    // Nothing is lost by one who was told nothing.
    expect(losses.filter(({ answered }) => answered > 0).length).toBeGreaterThan(CUTS / 2);
    reportFigures(context, {
      "losses of power": losses.length,
      "writes, flushes and changes of folders": length,
      "answers that had to be there": losses.reduce((sum, { answered }) => sum + answered, 0),
    });
  },
);
