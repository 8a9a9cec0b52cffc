import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { FIXTURE_CACHE } from "../fixtures/fixture-component.ts";
import type { HostProcessOptions } from "../fixtures/host-process.ts";

/** A host in a process of its own, and what it told so far. */
export class SpawnedHost implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly told: Readonly<Record<string, string>>[] = [];
  readonly #exit: Promise<readonly unknown[]>;

  /** @param fileLimit the size in blocks of 512 bytes beyond which it can write no file */
  constructor(options: Omit<HostProcessOptions, "cacheDir">, fileLimit = "unlimited") {
    const file = fileURLToPath(new URL("../fixtures/host-process.ts", import.meta.url));
    const args = [JSON.stringify({ ...options, cacheDir: FIXTURE_CACHE })];
    this.process = spawn(
      "/bin/sh",
      ["-c", `ulimit -f ${fileLimit}; exec "$0" "$@"`, process.execPath, file, ...args],
      { stdio: ["ignore", "inherit", "inherit", "ipc"] },
    );
    this.#exit = once(this.process, "exit");
    this.process.on("message", (message) => this.told.push(message as Readonly<Record<string, string>>));
  }

  /** Resolves with the exit code, `null` for one that was killed. */
  async exited(): Promise<unknown> {
    return (await this.#exit)[0];
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.#exit;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.kill();
  }
}
