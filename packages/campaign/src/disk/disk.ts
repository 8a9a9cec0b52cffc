import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServerProcess, startServer } from "@golem-kit/cli";
import { CACHE } from "../cache.ts";

/** A disk for a server's data, which can be full. */
export interface Disk extends AsyncDisposable {
  /** Starts a server whose data is there, with more options of `golem-kit serve`. */
  start(options?: readonly string[]): Promise<ServerProcess>;
  /** Nothing can be written any more; with a limit, only to files that are larger than so many bytes. */
  fill(bytes?: number): void;
  /** There is space again. */
  free(): void;
}

/** How a disk comes to be full. */
export type DiskKind = "limit" | "file system";

const SIZE = "160m";

/** Where a file system may be mounted by anybody, as on most Linux machines. */
const UNSHARE = ["unshare", "--map-root-user", "--mount"] as const;

/** True if this machine can do it. */
export function isPossible(kind: DiskKind): boolean {
  const [command, ...args] =
    kind === "limit"
      ? ["prlimit", "--version"]
      : [...UNSHARE, "sh", "-c", 'mount -t tmpfs none "$1" && nsenter --version', "sh", tmpdir()];
  return process.platform === "linux" && spawnSync(command, args).status === 0;
}

export async function openDisk(kind: DiskKind): Promise<Disk> {
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-disk-"));
  const remove = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  return kind === "limit" ? limitedDisk(dataDir, remove) : smallDisk(dataDir, remove);
}

/** The operating system lets the server's files grow no further. */
function limitedDisk(dataDir: string, remove: () => Promise<void>): Disk {
  let server: ServerProcess | undefined;
  const limit = (bytes: string): void => {
    execFileSync("prlimit", [`--pid=${server?.pid}`, `--fsize=${bytes}:`]);
  };
  return {
    start: async (options) => (server = await startServer({ dataDir, cacheDir: CACHE }, options)),
    fill: (bytes = 65_536) => limit(String(bytes)),
    free: () => limit("unlimited"),
    [Symbol.asyncDispose]: remove,
  };
}

/** A file system in memory, which only the servers see, and a file in it that takes all the space that is left. */
async function smallDisk(dataDir: string, remove: () => Promise<void>): Promise<Disk> {
  const mount = `mount -t tmpfs -o size=${SIZE} none "$1" && echo mounted && exec cat`;
  const [command, ...args] = [...UNSHARE, "sh", "-c", mount, "sh", dataDir];
  const holder = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(holder, "exit");
  await once(holder.stdout, "data");
  const enter = ["nsenter", `--target=${holder.pid}`, "--user", "--mount", "--preserve-credentials"] as const;
  const shell = (script: string): void => {
    const [program, ...options] = enter;
    spawnSync(program, [...options, "sh", "-c", script, "sh", join(dataDir, "filler")]);
  };
  return {
    start: (options) => startServer({ dataDir, cacheDir: CACHE }, options, enter),
    fill: () => shell('cat /dev/zero > "$1"'),
    free: () => shell('rm "$1"'),
    async [Symbol.asyncDispose]() {
      holder.stdin.end();
      await ended;
      await remove();
    },
  };
}
