import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { platformTypes } from "../src/types/platform-types.ts";

const root = new URL("../../../", import.meta.url);

test("the committed platform types are those of wit/deps", async () => {
  const committed = await readFile(new URL("packages/sdk/types/platform.d.ts", root), "utf8");
  expect(await platformTypes(fileURLToPath(new URL("wit/deps", root)))).toBe(committed);
});

test("every semver-compatible spelling of an interface has its types", () => {
  const tsc = fileURLToPath(new URL("node_modules/typescript/bin/tsc", root));
  const project = fileURLToPath(new URL("fixtures/spellings", import.meta.url));
  const run = () => execFileSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
  expect(run()).toBe("");
});
