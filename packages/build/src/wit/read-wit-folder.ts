import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import type { WitTexts } from "@golem-kit/wit";
import { BuildError } from "../build-error.ts";
import { displayPath } from "../display-path.ts";

/**
 * All WIT files in a folder, by their path inside it, in order.
 *
 * @throws BuildError `not-found` when there is none
 */
export async function readWitFolder(dir: string): Promise<WitTexts> {
  const entries = await readdir(dir, { recursive: true }).catch(() => []);
  const paths = entries.filter((path) => path.endsWith(".wit")).toSorted();
  if (paths.length === 0) throw new BuildError("not-found", `there is no WIT in ${displayPath(dir)}`);
  const read = async (path: string) =>
    [path.replaceAll(sep, "/"), await readFile(join(dir, path), "utf8")] as const;
  return new Map(await Promise.all(paths.map(read)));
}
