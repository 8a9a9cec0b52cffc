import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** What idle workers may take in the measured hosts. */
const LIMIT = 256 * 2 ** 20;
const ACTIVE = 50;
const KNOWN = 2_000;

/**
 * What a host's memory grows by when it gets to know 2,000 workers, of which 50 are called again and again, against
 * what the 50 alone take. Each is measured in a process of its own.
 */
export async function knownWorkers(): Promise<readonly string[]> {
  const few = await growth(ACTIVE);
  const many = await growth(KNOWN);
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
  const row = (what: string, bytes: number, ratio: string): string =>
    `${what.padEnd(46)}${mebibytes(bytes).padStart(10)}   ${ratio}`;
  return [
    row(`memory of ${ACTIVE} workers, all active`, few, `limit of idle memory: ${mebibytes(LIMIT)}`),
    row(
      `memory of ${KNOWN} workers, ${ACTIVE} active`,
      many,
      `${(many / few).toFixed(2)} × that of ${ACTIVE}`,
    ),
  ];
}

async function growth(known: number): Promise<number> {
  const script = join(import.meta.dirname, "memory-of-workers.ts");
  const args = ["--expose-gc", script, String(known), String(ACTIVE), String(LIMIT)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 300_000 });
  return Number(stdout);
}
