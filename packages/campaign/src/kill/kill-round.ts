import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { GolemClient, startServer } from "@golem-kit/cli";
import { CACHE } from "../cache.ts";
import { ProgramServer } from "../program-server.ts";
import { Load } from "./load.ts";
import { problemsAfter } from "./survivors.ts";

export interface KillRound {
  readonly kills: number;
  /** Calls that were answered, most of them more than once. */
  readonly answered: number;
  /** Calls that a killed server left without an answer. */
  readonly repeated: number;
  readonly problems: readonly string[];
}

/** A server lives until it has given so many answers, at most. */
const MOST_ANSWERS = 100;

/** One that has much to recover is killed while it does, after so many milliseconds. */
const LONGEST_LIFE = 1_500;

/**
 * Kills a server under load so many times, each time with SIGKILL at an arbitrary moment, and looks what is left.
 *
 * @param random a number from 0 to 1: when the next one is killed
 */
export async function killRound(kills: number, random: () => number): Promise<KillRound> {
  await using resources = new AsyncDisposableStack();
  const dataDir = resources.adopt(await mkdtemp(join(tmpdir(), "golem-kit-kill-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const directories = { dataDir, cacheDir: CACHE };
  const load = new Load();
  let repeated = 0;
  let program: ProgramServer | undefined;
  for (let kill = 0; kill < kills; kill += 1) {
    await using process = await startServer(directories);
    const client = new GolemClient(process.url);
    program = program?.movedTo(client) ?? (await ProgramServer.deploy(client));
    const death = new AbortController();
    const running = load.run(program, death.signal);
    await Promise.race([load.answered(Math.floor(random() * MOST_ANSWERS)), delay(LONGEST_LIFE)]);
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
  return { kills, answered: load.answers.size, repeated, problems };
}
