import { once } from "node:events";
import module from "node:module";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { defaultPort } from "../rest/default-url.ts";
import { UserError } from "../user-error.ts";

interface ServeOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly cacheDir?: string;
  readonly hostname: string;
  readonly allow?: readonly string[];
  readonly sync: "full" | "normal";
}

/** `golem-kit serve` */
export function addServe(program: Command): void {
  program
    .command("serve")
    .summary("run a Golem-compatible server")
    .description("Runs a host with Golem's REST interface until it is ended by Ctrl-C or SIGTERM.")
    .option("--port <number>", "where to listen; 0 chooses a free port", readPort, defaultPort)
    .option("--hostname <name>", "the address to listen at", "127.0.0.1")
    .option("--data-dir <path>", "where everything durable lives", ".golem")
    .option(
      "--cache-dir <path>",
      "transpiled components, which servers may share (default: cache in the data directory)",
    )
    .option(
      "--allow <place...>",
      "where workers may connect to, and listen: public, private, local (this machine), names, addresses, ranges, also with a port (default: public private)",
    )
    .addOption(
      new Option(
        "--sync <mode>",
        "what was acknowledged survives the death of the process (normal), or that and loss of power: every answer then waits for the disk, all at a time for one flush (full)",
      )
        .choices(["full", "normal"])
        .default("full"),
    )
    .action(runServer);
}

async function runServer({ port, hostname, dataDir, cacheDir, allow, sync }: ServeOptions): Promise<void> {
  const { createHost, serve } = await import("@golem-kit/host");
  const ended = new AbortController();
  const end = Promise.race(
    ["SIGINT", "SIGTERM"].map((signal) => once(process, signal, { signal: ended.signal })),
  );
  await using host = await createHost({
    dataDir: resolve(dataDir),
    synchronous: sync,
    ...(cacheDir !== undefined && { cacheDir: resolve(cacheDir) }),
    ...(allow !== undefined && { allow }),
  });
  for (const damage of host.damage) process.stderr.write(`${damage}\n`);
  const server = await serve(host, { port, hostname }).catch((error: unknown) => {
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  });
  process.stdout.write(`Listening on ${server.url}, data in ${host.dataDir}. Ctrl-C ends it.\n`);
  // As every shard does.
  module.flushCompileCache();
  await end;
  await server.close();
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("a port is a number from 0 to 65535.");
}
