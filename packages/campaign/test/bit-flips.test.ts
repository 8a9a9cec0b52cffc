import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { bitFlip } from "../src/damage/bit-flip.ts";
import { afterFlip, remains } from "../src/damage/damaged-host.ts";
import { reportFigures } from "./figures.ts";

const RUNS = campaignSize(6, 200);

describe.each(["close", "kill"] as const)("after the %s of a host", (end) => {
  test(
    "a bit that is flipped in any of its files is named, or does no harm",
    async (context) => {
      const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-damage-"));
      onTestFinished(() => rm(dataDir, { recursive: true }));
      const left = await remains(dataDir, end);
      let noticed = 0;
      const property = fc.asyncProperty(bitFlip, async (flip) => {
        const after = await afterFlip(left, flip);
        if (after.noticed) noticed += 1;
        expect
          .soft({ ...after.flipped, problems: after.problems })
          .toEqual({ ...after.flipped, problems: [] });
      });
      await fc.assert(property, { numRuns: RUNS, seed: 1, endOnFailure: true });
      reportFigures(context, { "flipped bits": RUNS, "flipped bits that were noticed": noticed });
    },
    RUNS * 10_000,
  );
});
