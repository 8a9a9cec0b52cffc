import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CACHE } from "../cache.ts";
import type { Move } from "./move-all.ts";

/** What one round of moves came to. */
export interface MoveRound {
  readonly version: number;
  readonly outcomes: readonly Move[];
}

export interface MovingProcess extends AsyncDisposable {
  readonly url: string;
  /** The rounds of moves that are over. */
  readonly rounds: readonly MoveRound[];
  kill(): Promise<void>;
}

/** Starts a server that moves the workers of a component all the time. @throws Error with what it said, if it ends */
export async function startMovingProcess(dataDir: string, componentId: string): Promise<MovingProcess> {
  const script = join(import.meta.dirname, "moving-server.ts");
  const child = spawn(process.execPath, [script, dataDir, CACHE, componentId], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2_000)));
  const rounds: MoveRound[] = [];
  const listening = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const said = JSON.parse(line) as { readonly url: string } | MoveRound;
    if ("url" in said) listening.resolve(said.url);
    else rounds.push(said);
  });
  void ended.then(() => listening.reject(new Error(`The server has ended: ${complaint}`)));
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  return { url: await listening.promise, rounds, kill, [Symbol.asyncDispose]: kill };
}
