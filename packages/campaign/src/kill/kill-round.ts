import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GolemClient, startServer } from "@golem-kit/cli";
import { settlesWithin } from "@golem-kit/host";
import { CACHE } from "../cache.ts";
import { ProgramServer } from "../program-server.ts";
import { Load } from "./load.ts";
import { problemsAfter } from "./survivors.ts";

export interface KillRound {
  readonly kills: number;
  /** Servers that gave an answer before they were killed. */
  readonly livesThatAnswered: number;
  /** Calls that were answered, most of them more than once. */
  readonly answered: number;
  /** Calls that a killed server left without an answer. */
  readonly repeated: number;
  readonly problems: readonly string[];
}

/** Most servers live on after their first answer: for at most so many answers. */
const MOST_ANSWERS = 100;

/** How long the first answer may take, in milliseconds. */
const PATIENCE = 60_000;

/** One server of so many is killed while it still recovers, within its longest life. */
const EARLY_DEATHS = 8;

/**
 * Kills a server under load so many times, each time with SIGKILL at an arbitrary moment, and looks what is left.
 *
 * @param random a number from 0 to 1: when the next one is killed
 * @param longestLife milliseconds that one lives at most after its first answer
 */
export async function killRound(
  kills: number,
  random: () => number,
  longestLife: number,
): Promise<KillRound> {
  await using resources = new AsyncDisposableStack();
  const dataDir = resources.adopt(await mkdtemp(join(tmpdir(), "golem-kit-kill-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const directories = { dataDir, cacheDir: CACHE };
  const load = new Load();
  let repeated = 0;
  let livesThatAnswered = 0;
  let program: ProgramServer | undefined;
  for (let kill = 0; kill < kills; kill += 1) {
    await using process = await startServer(directories);
    const client = new GolemClient(process.url);
    program = program?.movedTo(client) ?? (await ProgramServer.deploy(client));
    const death = new AbortController();
    const running = load.run(program, death.signal);
    const first = load.answered(1);
    const patience = kill % EARLY_DEATHS === EARLY_DEATHS - 1 ? random() * longestLife : PATIENCE;
    if (await settlesWithin(first, patience)) {
      livesThatAnswered += 1;
      await settlesWithin(load.answered(Math.ceil(random() * MOST_ANSWERS)), random() * longestLife);
    }
    death.abort();
    await process.end("SIGKILL");
    await running;
    repeated += load.unanswered;
  }
  await using process = await startServer(directories);
  const client = new GolemClient(process.url);
  program = program?.movedTo(client) ?? (await ProgramServer.deploy(client));
  await load.finish(program);
  const problems = [...load.failures, ...(await problemsAfter(load, program))];
  return { kills, livesThatAnswered, answered: load.answers.size, repeated, problems };
}
