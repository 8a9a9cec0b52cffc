import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { applicationRoot } from "./golem-kit.ts";

const copied = [
  "components",
  "golem.yaml",
  "package.json",
  "tsconfig.base.json",
  "tsconfig.component.json",
  "vitest.config.ts",
  "wit",
];
const shared = ["node_modules", "packages", join(".golem", "cache")];

/**
 * The workspace as a directory of its own: with what is built, and with the same packages and cache.
 *
 * @param atEnd is given what removes it. @default at the end of the test
 */
export async function copyApplication(
  atEnd: (remove: () => Promise<void>) => void = onTestFinished,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "golem-kit-application-"));
  atEnd(() => rm(directory, { recursive: true, force: true }));
  for (const name of copied) {
    await cp(join(applicationRoot, name), join(directory, name), { recursive: true });
  }
  await mkdir(join(applicationRoot, ".golem", "cache"), { recursive: true });
  await mkdir(join(directory, ".golem"));
  for (const name of shared) await symlink(join(applicationRoot, name), join(directory, name));
  return directory;
}
