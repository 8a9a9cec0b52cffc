import { once } from "node:events";
import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { defaultPort } from "../rest/default-url.ts";
import { readPort } from "../read-port.ts";
import { UserError } from "../user-error.ts";

interface DevCommandOptions {
  readonly port: number;
  readonly hostname: string;
  readonly dataDir?: string;
  readonly allow?: readonly string[];
  readonly only?: readonly string[];
  readonly quiet?: boolean;
  readonly poll?: number | true;
  readonly json?: boolean;
}

/** Milliseconds between two looks at each file, if nobody says otherwise. */
const POLL_INTERVAL = 100;

/** `golem-kit dev` */
export function addDev(program: Command): void {
  program
    .command("dev")
    .summary("run the application, and move its workers to what is saved")
    .description(
      "Builds and runs the application around the current directory, and watches it. What is saved is built, and all workers go on with it and their state. Ctrl-C ends it; started again, everything is there.",
    )
    .option("--port <number>", "where to listen; 0 chooses a free port", readPort, defaultPort)
    .option("--hostname <name>", "the address to listen at", "127.0.0.1")
    .option("--data-dir <path>", "where everything durable lives (default: .golem/dev of the application)")
    .option("--allow <place...>", "where workers may connect to, as for serve (default: public private)")
    .option("--only <worker...>", "show these workers only: shop:cart, or shop:cart/ada")
    .option("--quiet", "begin without showing what workers do and say")
    .option(
      "--poll [ms]",
      `look at each file again and again (every ${POLL_INTERVAL} ms), for folders of another system: WSL, containers, networks`,
      readInterval,
    )
    .option("--json", "print one JSON object a line for each event; see docs/guides/dev.md")
    .action(runDev);
}

async function runDev(options: DevCommandOptions): Promise<void> {
  const { port, hostname, dataDir, allow, only = [], quiet = false, poll, json = false } = options;
  const [{ DevSession, DevTerminal, wantedWorkers }, { findApplicationRoot }] = await Promise.all([
    import("@golem-kit/dev"),
    import("@golem-kit/build"),
  ]);
  const rootDir = findApplicationRoot(process.cwd());
  const terminal = new DevTerminal({ output: process.stdout, input: process.stdin, json, quiet });
  const ended = new AbortController();
  const { promise: quit, resolve: end } = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    void once(process, signal, { signal: ended.signal }).then(
      () => end(),
      () => undefined,
    );
  await using session = await DevSession.open({
    rootDir,
    host: {
      dataDir: dataDir === undefined ? join(rootDir, ".golem", "dev") : resolve(dataDir),
      cacheDir: join(rootDir, ".golem", "cache"),
      ...(allow !== undefined && { allow }),
    },
    port,
    hostname,
    poll: poll === true ? POLL_INTERVAL : poll,
    wants: wantedWorkers(only),
    onEvent: (event) => terminal.show(event),
  }).catch(explained);
  using _keys = terminal.readKeys(session, end);
  await Promise.race([session.run(), quit]);
  ended.abort();
}

/** @throws UserError for what a person can put right */
function explained(error: unknown): never {
  if (error instanceof Error && error.name !== "Error") throw error;
  throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
}

function readInterval(text: string): number {
  const interval = Number(text);
  if (/^\d+$/.test(text) && interval >= 10 && interval <= 60_000) return interval;
  throw new InvalidArgumentError("a number of milliseconds is from 10 to 60000.");
}
