import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseWit, type WitFile } from "../src/index.ts";

const ROOT = join(import.meta.dirname, "../../../wit/deps");

/** Paths of the platform's WIT files, relative to `wit/deps`. */
export const platformWitPaths: readonly string[] = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".wit"))
  .toSorted();

export function readPlatformText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

export function readPlatformWit(path: string): WitFile {
  return parseWit(readPlatformText(path), { file: path });
}
