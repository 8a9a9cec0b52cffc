import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isInstalled } from "../install.mjs";
import { root } from "../tool.ts";

type Packages = Readonly<Record<string, { readonly version: string; readonly optional?: true }>>;

async function workspace(wanted: Packages, installed?: Packages): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "golem-kit-install-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await mkdir(join(directory, "node_modules"));
  await writeFile(join(directory, "package-lock.json"), JSON.stringify({ packages: wanted }));
  if (installed !== undefined) {
    const record = join(directory, "node_modules", ".package-lock.json");
    await writeFile(record, JSON.stringify({ packages: installed }));
  }
  return directory;
}

test("the workspace that runs this is installed", () => {
  expect(isInstalled(root)).toBe(true);
});

test("nothing is installed before npm has finished", async () => {
  expect(isInstalled(await workspace({ "node_modules/a": { version: "1.0.0" } }))).toBe(false);
});

test("a package of another version is to be installed", async () => {
  const installed = { "node_modules/a": { version: "1.0.0" } };

  expect(isInstalled(await workspace({ "node_modules/a": { version: "1.0.1" } }, installed))).toBe(false);
});

test("packages of other platforms need not be there", async () => {
  const wanted: Packages = { "node_modules/a": { version: "1.0.0", optional: true } };

  expect(isInstalled(await workspace(wanted, {}))).toBe(true);
});
