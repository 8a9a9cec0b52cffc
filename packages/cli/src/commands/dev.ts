import { once } from "node:events";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { defaultPort } from "../rest/default-url.ts";
import { UserError } from "../user-error.ts";
import { readPort } from "../read-port.ts";

interface DevCommandOptions {
  readonly port: number;
  readonly hostname: string;
  readonly dataDir?: string;
  readonly json?: boolean;
}

/** `golem-kit dev` */
export function addDev(program: Command): void {
  program
    .command("dev")
    .summary("run the application, and move its workers to what is saved")
    .description(
      "Builds, runs and watches the application around the current directory. What is saved is built, and all workers go on with it, with their state.",
    )
    .option("--port <number>", "where to listen; 0 chooses a free port", readPort, defaultPort)
    .option("--hostname <name>", "the address to listen at", "127.0.0.1")
    .option("--data-dir <path>", "where everything durable lives (default: .golem/dev of the application)")
    .option("--json", "print one JSON object for each event")
    .action(runDev);
}

async function runDev({ port, hostname, dataDir }: DevCommandOptions): Promise<void> {
  const [{ DevSession }, { findApplicationRoot }] = await Promise.all([
    import("@golem-kit/dev"),
    import("@golem-kit/build"),
  ]);
  const rootDir = findApplicationRoot(process.cwd());
  const ended = new AbortController();
  const end = Promise.race(
    ["SIGINT", "SIGTERM"].map((signal) => once(process, signal, { signal: ended.signal })),
  );
  const session = await DevSession.open({
    rootDir,
    host: {
      dataDir: dataDir === undefined ? join(rootDir, ".golem", "dev") : resolve(dataDir),
      cacheDir: join(rootDir, ".golem", "cache"),
    },
    port,
    hostname,
    onEvent: (event) => void process.stdout.write(`${JSON.stringify(event)}\n`),
  }).catch((error: unknown) => {
    throw new UserError(error instanceof Error ? error.message : String(error), { cause: error });
  });
  await using _session = session;
  await Promise.race([session.run(), end]);
}
