import { expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { programVersions } from "../src/moves/program-versions.ts";
import { type SavePlan, saveTimes } from "../src/moves/save-times.ts";
import { seededRandom } from "../src/seeded-random.ts";
import { reportFigures, reportMeasurement } from "./figures.ts";

/** A build in a process that stays takes 0.2 to 0.4 s of the 0.5 s, or 1 s, from a save to the first answer. */
const AIMS = { median: 300, p95: 700 };
const AIMS_OF_LONG = { median: 1_300, p95: 1_700 };
const SAVES = campaignSize(3, 25);

const plans: readonly SavePlan[] = [
  { workers: campaignSize(6, 100), entries: 100, saves: SAVES, aims: AIMS },
  { workers: campaignSize(2, 10), entries: campaignSize(300, 10_000), saves: SAVES, aims: AIMS_OF_LONG },
];

test.for(plans)(
  "of $workers workers of $entries entries each is moved at a save, and the one that is asked answers at once",
  { timeout: 900_000 },
  async (plan, context) => {
    const { measurement, others } = await saveTimes(await programVersions(4), plan, seededRandom(1));
    reportMeasurement(context, measurement);
    reportFigures(context, { "saves with workers": plan.saves });
    expect(others).toEqual([]);
  },
);
