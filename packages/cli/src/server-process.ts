import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "./user-error.ts";

/** A `golem-kit serve` in a process of its own, which can be killed like any other. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** What it has written on its standard error so far: the last 64 KiB. */
  readonly complaints: () => string;
  /** Sends a signal and waits for the end. @returns the exit code, null when the signal ended it */
  end(signal: "SIGTERM" | "SIGINT" | "SIGKILL"): Promise<number | null>;
}

export interface Directories {
  readonly dataDir: string;
  readonly cacheDir: string;
}

/** Characters of its standard error. */
const KEPT = 65_536;

/**
 * Starts a server on a free port, and waits until it listens.
 *
 * @param options more of `golem-kit serve`
 * @param launcher a command that runs the one that follows it
 * @throws UserError with what the server said, when it ends instead
 */
export async function startServer(
  { dataDir, cacheDir }: Directories,
  options: readonly string[] = [],
  launcher: readonly string[] = [],
): Promise<ServerProcess> {
  const main = join(import.meta.dirname, "main.ts");
  const serve = ["serve", "--port", "0", "--data-dir", dataDir, "--cache-dir", cacheDir, ...options];
  const [command = process.execPath, ...args] = [...launcher, process.execPath, main, ...serve];
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit") as Promise<[number | null]>;
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-KEPT)));
  const end: ServerProcess["end"] = async (signal) => {
    child.kill(signal);
    const [code] = await ended;
    return code;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /https?:\/\/[^\s,]+/.exec(line)?.[0];
    if (url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      pid: child.pid ?? 0,
      complaints: () => complaint,
      end,
      [Symbol.asyncDispose]: async () => void (await end("SIGKILL")),
    };
  }
  await ended;
  throw new UserError(`The server did not start: ${complaint.trim()}`);
}
