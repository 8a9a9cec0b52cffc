/** `npm run conformance -- --url …`: tries on a Golem server what its components are promised, through REST alone. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { GolemClient, RestError, startServer, untilReady, UserError } from "@golem-kit/cli";
import { CACHE } from "../cache.ts";
import { ProgramServer } from "../program-server.ts";
import { contractsNamed } from "./contracts.ts";
import { runConformance } from "./run-conformance.ts";

const USAGE =
  "usage: npm run conformance -- [--url http://localhost:9881] [--contract keyvalue]… [--patience seconds]";

/** Seconds after which a request is not waited for any more. */
const PATIENCE = "60";

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
  /** Seconds. */
  readonly patience?: string;
}

function readOptions(): Options {
  try {
    const text = { type: "string" } as const;
    return parseArgs({ options: { url: text, contract: { ...text, multiple: true }, patience: text } })
      .values;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`${reason}\n${USAGE}`, { cause: error, exitCode: 2 });
  }
}

async function main({ url, contract = [], patience = PATIENCE }: Options): Promise<number> {
  const contracts = contractsNamed(contract);
  await using resources = new AsyncDisposableStack();
  const client = new GolemClient(url ?? (await ownServer(resources)), { timeout: milliseconds(patience) });
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(`Golem server at ${client.url}`);
  const { kept, deviated, broken } = await runConformance(
    await readyProgram(client, print),
    contracts,
    url !== undefined,
    print,
  );
  print(`\n${kept} promises kept, ${deviated} known deviations of Golem 1.2.0, ${broken} broken`);
  return broken === 0 ? 0 : 1;
}

/** A Golem server compiles a component for a minute and more, before its first call or in it. */
async function readyProgram(client: GolemClient, print: (line: string) => void): Promise<ProgramServer> {
  const component = await ProgramServer.upload(client);
  const megabytes = (component.componentSize / 1e6).toFixed(1);
  print(`Waiting until the server has compiled a component of ${megabytes} MB, for 290 s at most`);
  const start = performance.now();
  await untilReady(client, component);
  print(`It is ready after ${((performance.now() - start) / 1_000).toFixed(1)} s`);
  return new ProgramServer(client, component.versionedComponentId.componentId);
}

function milliseconds(patience: string): number {
  const seconds = patience.trim() === "" ? Number.NaN : Number(patience);
  if (seconds > 0 && seconds <= 86_400) return seconds * 1_000;
  throw new UserError(`--patience is "${patience}": it must be a number of seconds.\n${USAGE}`, {
    exitCode: 2,
  });
}

async function ownServer(resources: AsyncDisposableStack): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-conformance-"));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  return resources.use(await startServer({ dataDir, cacheDir: CACHE })).url;
}
