import { expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { killRound, type KillRound } from "../src/kill/kill-round.ts";
import { seededRandom } from "../src/seeded-random.ts";
import { reportFigures, tellProgress } from "./figures.ts";

const ROUNDS = campaignSize(1, 40);
const KILLS_PER_ROUND = 25;
const LONGEST_LIFE = campaignSize(250, 1_500);

test(
  "a server killed under load loses nothing that it acknowledged, does nothing twice, and every worker comes back",
  async (context) => {
    const rounds: KillRound[] = [];
    const pending = Array.from({ length: ROUNDS }, (_, at) => at + 1);
    // Two at a time: a server that starts leaves a core to others.
    const lane = async (): Promise<void> => {
      for (let seed = pending.shift(); seed !== undefined; seed = pending.shift()) {
        const round = await killRound(KILLS_PER_ROUND, seededRandom(seed), LONGEST_LIFE);
        rounds.push(round);
        tellProgress("rounds of kills", rounds.length, ROUNDS);
        expect.soft({ seed, problems: round.problems }).toEqual({ seed, problems: [] });
      }
    };
    await Promise.all([lane(), lane()]);
    const sum = (count: (round: KillRound) => number): number =>
      rounds.reduce((total, round) => total + count(round), 0);
    reportFigures(context, {
      kills: sum(({ kills }) => kills),
      "lives that answered": sum(({ livesThatAnswered }) => livesThatAnswered),
      "calls answered": sum(({ answered }) => answered),
      "calls sent again": sum(({ repeated }) => repeated),
    });
    // A kill says little of a server that had nothing to lose.
    expect(sum(({ livesThatAnswered }) => livesThatAnswered)).toBeGreaterThan(
      0.8 * sum(({ kills }) => kills),
    );
  },
  ROUNDS * KILLS_PER_ROUND * 6_000,
);
