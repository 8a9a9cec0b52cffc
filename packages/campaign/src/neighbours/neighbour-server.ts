import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GolemClient, type ServerProcess, startServer } from "@golem-kit/cli";
import { CACHE } from "../cache.ts";
import { ProgramServer } from "../program-server.ts";

/** Bytes that the oplog of a worker may have. */
export const OPLOG_LIMIT = 64 * 2 ** 20;

/** Bytes that a worker's memory may have. */
export const MEMORY_LIMIT = 128 * 2 ** 20;

/** Milliseconds after which a call counts as lost. */
const PATIENCE = 120_000;

/** A `golem-kit serve` on a temporary directory, with the program component on it. */
export interface NeighbourServer extends AsyncDisposable {
  readonly process: ServerProcess;
  readonly dataDir: string;
  readonly program: ProgramServer;
}

/** Starts it with limits that what endless guests take reaches soon. */
export async function startNeighbourServer(): Promise<NeighbourServer> {
  await using starting = new AsyncDisposableStack();
  const dataDir = starting.adopt(await mkdtemp(join(tmpdir(), "golem-kit-neighbours-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const limits = ["--limit", `oplogSize=${OPLOG_LIMIT}`, "--max-worker-memory", String(MEMORY_LIMIT)];
  const process = starting.use(await startServer({ dataDir, cacheDir: CACHE }, limits));
  const program = await ProgramServer.deploy(new GolemClient(process.url, { timeout: PATIENCE }));
  const resources = starting.move();
  return { process, dataDir, program, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
