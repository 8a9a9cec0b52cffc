import { expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { savesRound } from "../src/saves/saves-round.ts";
import { seededRandom } from "../src/seeded-random.ts";
import { reportFigures, reportMeasurement } from "./figures.ts";

const SAVES = campaignSize(12, 200);
/** What one save may leave behind in memory for good: the rest is what the garbage collector has not yet seen. */
const MEMORY = 2 ** 20 * campaignSize(200, 400);

test(
  "saves of all kinds lose no call, and leave neither handles nor threads nor memory behind",
  { timeout: 3_600_000 },
  async (context) => {
    const plan = {
      saves: SAVES,
      orders: campaignSize(5, 20),
      pause: campaignSize(25, 2_000),
      warmUp: campaignSize(8, 60),
      random: seededRandom(7),
    };
    const { problems, calls, growth, measurement } = await savesRound(plan);
    reportMeasurement(context, measurement);
    reportFigures(context, { saves: SAVES, "calls meanwhile": calls });

    expect(problems).toEqual([]);
    expect(calls).toBeGreaterThan(SAVES);
    expect(growth.handles).toBeLessThanOrEqual(8);
    expect(growth.threads).toBeLessThanOrEqual(2);
    expect(growth.memory).toBeLessThan(MEMORY);
  },
);
