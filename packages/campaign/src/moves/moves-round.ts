import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GolemClient } from "@golem-kit/cli";
import { createHost, settlesWithin } from "@golem-kit/host";
import { CACHE } from "../cache.ts";
import { Load } from "../kill/load.ts";
import { problemsAfter } from "../kill/survivors.ts";
import { ProgramServer } from "../program-server.ts";
import { type MoveRound, startMovingProcess } from "./moving-process.ts";
import type { ProgramVersion } from "./program-versions.ts";

export interface MovesRound {
  readonly kills: number;
  readonly answered: number;
  /** What came of all moves, by its status. */
  readonly outcomes: Readonly<Record<"moved" | "later" | "stays", number>>;
  readonly problems: readonly string[];
}

/** How long the first answer may take, in milliseconds. */
const PATIENCE = 60_000;
/** A server lives on after its first answer: for at most so many answers. */
const MOST_ANSWERS = 100;

/**
 * Calls workers of a server without end, which are moved meanwhile from version to version, and kills it so many times. Looks what
 * is left: every answer stays the same, and everything was done once.
 *
 * @param random a number from 0 to 1: when the next one is killed
 * @param longestLife milliseconds that one lives at most after its first answer
 */
export async function movesRound(
  versions: readonly ProgramVersion[],
  kills: number,
  random: () => number,
  longestLife: number,
): Promise<MovesRound> {
  await using resources = new AsyncDisposableStack();
  const dataDir = resources.adopt(await mkdtemp(join(tmpdir(), "golem-kit-moves-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const componentId = await deploy(dataDir, versions);
  const load = new Load();
  const rounds: MoveRound[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    await using process = await startMovingProcess(dataDir, componentId);
    const death = new AbortController();
    const running = load.run(new ProgramServer(new GolemClient(process.url), componentId), death.signal);
    if (await settlesWithin(load.answered(1), PATIENCE))
      await settlesWithin(load.answered(Math.ceil(random() * MOST_ANSWERS)), random() * longestLife);
    death.abort();
    await process.kill();
    await running;
    rounds.push(...process.rounds);
  }
  await using process = await startMovingProcess(dataDir, componentId);
  const program = new ProgramServer(new GolemClient(process.url), componentId);
  await load.finish(program);
  const problems = [...load.failures, ...(await problemsAfter(load, program))];
  rounds.push(...process.rounds);
  return {
    kills,
    answered: load.answers.size,
    outcomes: countsOf(rounds),
    problems: [...problems, ...problemsOfMoves(rounds, versions)],
  };
}

async function deploy(dataDir: string, [first, ...others]: readonly ProgramVersion[]): Promise<string> {
  if (first === undefined) throw new Error("There are no versions");
  await using host = await createHost({ dataDir, cacheDir: CACHE });
  const { versionedComponentId } = await host.components.create("campaign:program", first);
  const { componentId } = versionedComponentId;
  for (const version of others) await host.components.update(componentId, version);
  return componentId;
}

function countsOf(rounds: readonly MoveRound[]): MovesRound["outcomes"] {
  const counts = { moved: 0, later: 0, stays: 0 };
  for (const { outcomes } of rounds) for (const { outcome } of outcomes) counts[outcome.status] += 1;
  return counts;
}

/** A worker that has done nothing yet on the version that does not fit moves on to any other. */
function problemsOfMoves(rounds: readonly MoveRound[], versions: readonly ProgramVersion[]): string[] {
  return rounds.flatMap(({ version, outcomes }) =>
    outcomes.flatMap(({ worker, outcome }) => {
      if (outcome.status !== "stays") return [];
      if (versions[version]?.fits !== true || versions[outcome.version]?.fits !== true)
        return "index" in outcome.reason
          ? []
          : [`${worker} stays without a difference: ${outcome.reason.message}`];
      return [`${worker} stays on ${outcome.version}, and not on ${version}: ${outcome.reason.message}`];
    }),
  );
}
