import { readdir, readFile } from "node:fs/promises";

/** What a process holds, on Linux. */
export interface ProcessSize {
  /** Bytes. */
  readonly memory: number;
  readonly handles: number;
  readonly threads: number;
}

/** @returns undefined where a system does not tell */
export async function processSize(pid: number): Promise<ProcessSize | undefined> {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(status) ?? [];
    const count = async (folder: string): Promise<number> => (await readdir(`/proc/${pid}/${folder}`)).length;
    return { memory: Number(kilobytes) * 1024, handles: await count("fd"), threads: await count("task") };
  } catch {
    return undefined;
  }
}
