import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { displayPath } from "../display-path.ts";
import { ManifestError } from "./manifest-error.ts";

/**
 * Where the code at module level of a component's program runs.
 *
 * - `in-build`: once, while the component is built. Workers begin with what it left, at no cost.
 * - `in-worker`: in each worker, at its first invocation and whenever it is made again from its oplog.
 */
export type ProgramLoad = "in-build" | "in-worker";

const schema = z.looseObject({
  "golem-kit": z.strictObject({ load: z.enum(["in-build", "in-worker"]).optional() }).optional(),
});

/**
 * What the `package.json` of a component says under `golem-kit`, which `golem.yaml` has no place for.
 *
 * @returns `in-build` if it says nothing
 * @throws ManifestError
 */
export async function programLoad(dir: string): Promise<ProgramLoad> {
  const path = join(dir, "package.json");
  const text = await readFile(path, "utf8").catch(() => "{}");
  const parsed = schema.safeParse(parse(path, text));
  if (parsed.success) return parsed.data["golem-kit"]?.load ?? "in-build";
  const [issue] = parsed.error.issues;
  const at = (issue?.path ?? []).join(".");
  throw new ManifestError(`\`${at}\`: ${issue?.message ?? "not a package"}`, {
    file: displayPath(path),
    hint: 'Write "golem-kit": { "load": "in-worker" }, or leave it out.',
  });
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ManifestError(`this is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
      file: displayPath(path),
      cause,
    });
  }
}
