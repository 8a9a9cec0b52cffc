import { expect, test } from "vitest";
import { campaignSize } from "../../host/test/campaign-size.ts";
import { movesRound, type MovesRound } from "../src/moves/moves-round.ts";
import { programVersions } from "../src/moves/program-versions.ts";
import { seededRandom } from "../src/seeded-random.ts";
import { reportFigures, tellProgress } from "./figures.ts";

const ROUNDS = campaignSize(1, 20);
const KILLS_PER_ROUND = campaignSize(4, 10);
const LONGEST_LIFE = campaignSize(1_500, 4_000);
const VERSIONS = 4;

test(
  "workers that are moved again and again under load, of a server that is killed, lose nothing and do nothing twice",
  async (context) => {
    const versions = await programVersions(VERSIONS);
    const rounds: MovesRound[] = [];
    for (let seed = 1; seed <= ROUNDS; seed += 1) {
      const round = await movesRound(versions, KILLS_PER_ROUND, seededRandom(seed), LONGEST_LIFE);
      rounds.push(round);
      tellProgress("rounds of moves", rounds.length, ROUNDS);
      expect.soft({ seed, problems: round.problems }).toEqual({ seed, problems: [] });
    }
    const sum = (count: (round: MovesRound) => number): number =>
      rounds.reduce((total, round) => total + count(round), 0);
    const moved = sum(({ outcomes }) => outcomes.moved);
    const stayed = sum(({ outcomes }) => outcomes.stays);
    reportFigures(context, {
      "kills under moves": sum(({ kills }) => kills),
      "calls answered under moves": sum(({ answered }) => answered),
      moves: moved,
      "moves that were put off": sum(({ outcomes }) => outcomes.later),
      "moves refused by a difference": stayed,
    });
    // Otherwise little was tried.
    expect(moved).toBeGreaterThan(ROUNDS * KILLS_PER_ROUND);
    expect(stayed).toBeGreaterThan(ROUNDS);
  },
  ROUNDS * KILLS_PER_ROUND * 60_000,
);
