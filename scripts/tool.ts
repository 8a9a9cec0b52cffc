import { spawn } from "node:child_process";
import { dirname, join } from "node:path";

/** The workspace's root directory. */
export const root = dirname(import.meta.dirname);

export interface ToolResult {
  readonly ok: boolean;
  /** Standard output and error, interleaved. */
  readonly output: string;
}

/** Runs a command that npm installed, in the workspace's root. */
export async function runTool(name: string, args: readonly string[]): Promise<ToolResult> {
  const windows = process.platform === "win32";
  const command = join(root, "node_modules", ".bin", windows ? `${name}.cmd` : name);
  const env = { ...process.env, FORCE_COLOR: process.stdout.isTTY ? "1" : "0" };
  const child = spawn(command, args, { cwd: root, shell: windows, env, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on("error", reject);
  child.on("close", resolve);
  const code = await promise;
  return { ok: code === 0, output: Buffer.concat(chunks).toString() };
}
