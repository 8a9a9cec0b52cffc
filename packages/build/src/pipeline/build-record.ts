import { readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { RpcDynamicLinking } from "@golem-kit/wit";
import type { ComponentSize } from "./built-component.ts";
import { hashFiles } from "./fingerprint.ts";
import type { Outputs } from "./outputs.ts";

/** What a build was made of, and what came of it. */
export interface BuildRecord {
  readonly fingerprint: string;
  /** Hashes of the program's files, by path relative to the record: it holds wherever the application lies. */
  readonly program: Readonly<Record<string, string>>;
  readonly dynamicLinking: RpcDynamicLinking;
  readonly size: ComponentSize;
}

/** The record of the last build, if building again would change nothing. */
export async function currentRecord(outputs: Outputs, fingerprint: string): Promise<BuildRecord | undefined> {
  const record = await readRecord(outputs.record);
  if (record?.fingerprint !== fingerprint) return undefined;
  const paths = [outputs.wasm, outputs.program, outputs.map, outputs.types];
  const [wasm, ...others] = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
  if (wasm?.size !== record.size.total || others.includes(undefined)) return undefined;
  const program = await hashFiles(dirname(outputs.record), Object.keys(record.program));
  return isDeepStrictEqual(program, record.program) ? record : undefined;
}

async function readRecord(path: string): Promise<BuildRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as BuildRecord;
  } catch {
    return undefined;
  }
}
