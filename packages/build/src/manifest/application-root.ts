import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { BuildError } from "../build-error.ts";

/**
 * The outermost directory with a `golem.yaml`, from a directory upwards, as Golem's own command line finds it.
 *
 * @throws BuildError `not-found` when there is none
 */
export function findApplicationRoot(from: string): string {
  let root: string | undefined;
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "golem.yaml"))) root = directory;
    if (dirname(directory) === directory) break;
  }
  if (root !== undefined) return root;
  throw new BuildError("not-found", `There is no golem.yaml in ${from} or above it`, {
    hint: "Go to an application's directory.",
  });
}
