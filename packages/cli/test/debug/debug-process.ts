import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { applicationRoot, type End } from "../golem-kit.ts";
import { DebugClient } from "./debug-client.ts";

/** A `golem-kit debug` with a debugger that is attached. */
export interface DebugProcess {
  readonly debugger: DebugClient;
  /** Lets it run to its end. */
  end(): Promise<End>;
  /** Ends the command by a signal. Resolves when it is gone, with all that it has started. */
  kill(): Promise<void>;
}

/** Starts `golem-kit debug` in the workspace, and attaches to what it says. */
export async function debugProcess(...args: readonly string[]): Promise<DebugProcess> {
  const main = join(import.meta.dirname, "..", "..", "bin", "golem-kit.mjs");
  const child = spawn(process.execPath, [main, "debug", "--port", "0", ...args], {
    cwd: applicationRoot,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close") as Promise<[number]>;
  let stdout = "";
  let stderr = "";
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
    const url = /ws:\/\/\S+/.exec(stdout)?.[0];
    if (url !== undefined) resolve(url);
  });
  void ended.then(() => reject(new Error(`No debugger could be attached: ${stdout}${stderr}`)));
  const client = await DebugClient.connect(await promise);
  return {
    debugger: client,
    async kill() {
      child.kill("SIGTERM");
      // The debuggee has its standard streams too.
      await ended;
    },
    async end() {
      // What is paused goes on when nobody is attached any more.
      client[Symbol.dispose]();
      const [code] = await ended;
      return { code, stdout, stderr };
    },
  };
}
