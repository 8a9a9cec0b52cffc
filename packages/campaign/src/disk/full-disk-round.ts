import { GolemClient } from "@golem-kit/cli";
import { Load } from "../kill/load.ts";
import { problemsAfter } from "../kill/survivors.ts";
import { ProgramServer } from "../program-server.ts";
import type { Disk } from "./disk.ts";

export interface FullDiskRound {
  /** What clients were told while the disk was full. */
  readonly refusals: readonly string[];
  /** What is wrong when there is space again, and after a restart. */
  readonly problems: readonly string[];
}

const ANSWERS_BEFORE = 40;
const REFUSALS = 60;

/** Fills a server's disk under load, frees it again, and looks what is left: before and after the server is killed. */
export async function fullDiskRound(disk: Disk): Promise<FullDiskRound> {
  const load = new Load();
  await using server = await disk.start();
  const program = await ProgramServer.deploy(new GolemClient(server.url));
  const enough = new AbortController();
  const running = load.run(program, enough.signal);
  await load.answered(ANSWERS_BEFORE);
  disk.fill();
  await load.failed(REFUSALS);
  enough.abort();
  await running;
  const refusals = load.failures.splice(0);
  disk.free();
  await load.finish(program);
  const problems = [...load.failures, ...(await problemsAfter(load, program))];
  await server.end("SIGKILL");
  await using next = await disk.start();
  problems.push(...(await problemsAfter(load, program.movedTo(new GolemClient(next.url)))));
  return { refusals, problems };
}
