import { createHash } from "node:crypto";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildComponents, loadApplication } from "@golem-kit/build";

const APPLICATION = fileURLToPath(new URL("../program", import.meta.url));
const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** Copies with other sources. Below the packages that the program imports. */
const COPIES = join(ROOT, "node_modules", ".cache", "golem-kit", "campaign-programs");

/** A change of one of the program's sources. */
export interface ProgramEdit {
  /** Below `src`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The component that does what it is told, built if it is stale.
 *
 * @param edits what is different in it. @default nothing
 */
export async function programComponent(edits: readonly ProgramEdit[] = []): Promise<Uint8Array> {
  const application = edits.length === 0 ? APPLICATION : await editedCopy(edits);
  const [built] = await buildComponents(await loadApplication(application));
  if (built === undefined) throw new Error(`${application} declares no component`);
  return readFile(built.wasmPath);
}

async function editedCopy(edits: readonly ProgramEdit[]): Promise<string> {
  const copy = join(COPIES, createHash("sha256").update(JSON.stringify(edits)).digest("hex").slice(0, 16));
  await mkdir(copy, { recursive: true });
  for (const part of ["src", "wit"]) await cp(join(APPLICATION, part), join(copy, part), { recursive: true });
  const manifest = await readFile(join(APPLICATION, "golem.yaml"), "utf8");
  await writeFile(join(copy, "golem.yaml"), manifest.replace("../../../wit/deps", join(ROOT, "wit", "deps")));
  for (const { file, from, to } of edits) {
    const path = join(copy, "src", file);
    const text = await readFile(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} of the program has no ${JSON.stringify(from)}`);
    await writeFile(path, text.replace(from, to));
  }
  return copy;
}
