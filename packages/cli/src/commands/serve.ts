import { once } from "node:events";
import module from "node:module";
import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { defaultPort } from "../rest/default-url.ts";
import { readLimits } from "../read-limits.ts";
import { readPort } from "../read-port.ts";
import { readSize } from "../read-size.ts";
import { serverToken } from "../server-token.ts";
import { UserError } from "../user-error.ts";

interface ServeOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly cacheDir?: string;
  readonly hostname: string;
  readonly allowedHost?: readonly string[];
  readonly token?: string | false;
  readonly allow?: readonly string[];
  readonly sync: "full" | "normal";
  readonly limit?: readonly string[];
  readonly minFreeDisk?: string;
  readonly maxWorkerMemory?: string;
  readonly strict?: "golem-1.2";
}

/** `golem-kit serve` */
export function addServe(program: Command): void {
  program
    .command("serve")
    .summary("run a Golem-compatible server")
    .description("Runs a host with Golem's REST interface until it is ended by Ctrl-C or SIGTERM.")
    .option("--port <number>", "where to listen; 0 chooses a free port", readPort, defaultPort)
    .option("--hostname <name>", "the address to listen at", "127.0.0.1")
    .addOption(
      new Option(
        "--allowed-host <name...>",
        "names, besides localhost, --hostname and IP addresses, by which clients may call this server; separated by commas in the variable",
      )
        .env("GOLEM_KIT_ALLOWED_HOSTS")
        .argParser((text, before: readonly string[] | undefined) => [...(before ?? []), ...readNames(text)]),
    )
    .addOption(
      new Option(
        "--token <token>",
        "what clients have to name: they send it with --token; needed to listen for other machines",
      ).env("GOLEM_KIT_TOKEN"),
    )
    .option("--no-token", "let everybody in who reaches the server")
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
    .option(
      "--limit <name=value...>",
      "how much one worker may take before it is stopped: oplogSize (default: 1GiB), oplogRate (a second, default: 16MiB), files (default: 1GiB), stored (default: 16GiB), handles (default: 10000), sockets (default: 256)",
    )
    .option(
      "--min-free-disk <size>",
      "what is to stay free of the disk: with less, workers that have just written much are stopped (default: 256MiB)",
    )
    .option(
      "--max-worker-memory <size>",
      "to what a worker's memory may grow, before it is told that there is none (default: 1GiB)",
    )
    .addOption(
      new Option(
        "--strict <server>",
        "behave as that server does, wrongly too, where a program must not rely on what it finds here: docs/golem-1.2.md",
      ).choices(["golem-1.2"]),
    )
    .action(runServer);
}

async function runServer(options: ServeOptions): Promise<void> {
  const {
    port,
    hostname,
    dataDir,
    cacheDir,
    allow,
    allowedHost = [],
    token: givenToken,
    limit = [],
    minFreeDisk,
    maxWorkerMemory,
    sync,
    strict,
  } = options;
  const token = serverToken(hostname, givenToken);
  const { createHost, DEFAULT_LIMITS, serve } = await import("@golem-kit/host");
  const limits = readLimits(limit, DEFAULT_LIMITS);
  const ended = new AbortController();
  const end = Promise.race(
    ["SIGINT", "SIGTERM"].map((signal) => once(process, signal, { signal: ended.signal })),
  );
  await using host = await createHost({
    dataDir: resolve(dataDir),
    synchronous: sync,
    ...(cacheDir !== undefined && { cacheDir: resolve(cacheDir) }),
    ...(allow !== undefined && { allow }),
    limits,
    ...(strict !== undefined && { strict }),
    ...(minFreeDisk !== undefined && { minFreeDisk: readSize("--min-free-disk", minFreeDisk) }),
    ...(maxWorkerMemory !== undefined && {
      maxWorkerMemory: readSize("--max-worker-memory", maxWorkerMemory),
    }),
    onNotice: ({ worker, message }) => process.stderr.write(`${worker}: ${message}\n`),
  });
  for (const damage of host.damage) process.stderr.write(`${damage}\n`);
  const server = await serve(host, {
    port,
    hostname,
    allowedHosts: allowedHost,
    ...(token !== undefined && { token }),
  }).catch((error: unknown) => {
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  });
  process.stdout.write(`Listening on ${server.url}, data in ${host.dataDir}. Ctrl-C ends it.\n`);
  // As every shard does.
  module.flushCompileCache();
  await end;
  await server.close();
}

function readNames(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.every((name) => /^[\w.-]+$/.test(name))) return names;
  throw new InvalidArgumentError("a name of a host is like golem.example, without a scheme or a port.");
}
