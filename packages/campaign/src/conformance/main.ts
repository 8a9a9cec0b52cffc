/** `npm run conformance -- --url …`: tries on a Golem server what its components are promised, through REST alone. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { GolemClient, RestError, startServer, UserError } from "@golem-kit/cli";
import { CACHE } from "../cache.ts";
import { ProgramServer } from "../program-server.ts";
import { contractsNamed } from "./contracts.ts";
import { runConformance } from "./run-conformance.ts";

const USAGE = "usage: npm run conformance -- [--url http://localhost:9881] [--contract keyvalue]…";

/** A request that takes longer is not answered at all, in milliseconds. */
const PATIENCE = 60_000;

try {
  process.exitCode = await main(readOptions());
} catch (error) {
  if (!(error instanceof UserError || error instanceof RestError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof UserError ? error.exitCode : 1;
}

interface Options {
  /** @default that of a server of its own */
  readonly url?: string;
  /** Names. @default all */
  readonly contract?: readonly string[];
}

function readOptions(): Options {
  try {
    return parseArgs({ options: { url: { type: "string" }, contract: { type: "string", multiple: true } } })
      .values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${reason}\n${USAGE}`, { cause: error, exitCode: 2 });
  }
}

async function main({ url, contract = [] }: Options): Promise<number> {
  const contracts = contractsNamed(contract);
  await using resources = new AsyncDisposableStack();
  const client = new GolemClient(url ?? (await ownServer(resources)), { timeout: PATIENCE });
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(`Golem server at ${client.url}`);
  const { kept, deviated, broken } = await runConformance(
    await ProgramServer.deploy(client),
    contracts,
    url !== undefined,
    print,
  );
  print(`\n${kept} promises kept, ${deviated} known deviations of Golem 1.2.0, ${broken} broken`);
  return broken === 0 ? 0 : 1;
}

async function ownServer(resources: AsyncDisposableStack): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-conformance-"));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  return resources.use(await startServer({ dataDir, cacheDir: CACHE })).url;
}
