import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findApplicationRoot } from "../src/index.ts";

/** A folder three levels down, above which these have a `golem.yaml`. */
function folderBelow(...manifests: readonly string[]): { readonly root: string; readonly folder: string } {
  const root = mkdtempSync(join(tmpdir(), "golem-kit-root-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, "components", "orders");
  mkdirSync(folder, { recursive: true });
  for (const manifest of manifests) writeFileSync(join(root, manifest, "golem.yaml"), "");
  return { root, folder };
}

test("the outermost golem.yaml is the application's", () => {
  const { root, folder } = folderBelow("", "components/orders");
  expect(findApplicationRoot(folder)).toBe(root);
});

test("a folder without an application is told", () => {
  const { folder } = folderBelow();
  expect(() => findApplicationRoot(folder)).toThrow(`There is no golem.yaml in ${folder} or above it`);
});
