import { execFile } from "node:child_process";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** What a server takes of the machine, in bytes. */
export interface Footprint {
  readonly memory: number;
  readonly disk: number;
}

export async function footprint(pid: number, dataDir: string): Promise<Footprint> {
  const [memory, disk] = await Promise.all([residentBytes(pid), bytesOf(dataDir)]);
  return { memory, disk };
}

/** What a process has in memory. */
async function residentBytes(pid: number): Promise<number> {
  const kibibytes =
    process.platform === "linux"
      ? /VmRSS:\s*(\d+)/.exec(await readFile(`/proc/${pid}/status`, "utf8"))?.[1]
      : (await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)])).stdout;
  return Number(kibibytes) * 1_024;
}

/** Files come and go meanwhile. */
async function bytesOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = files
    .filter((file) => file.isFile())
    .map(({ parentPath, name }) =>
      stat(join(parentPath, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
