import { parseWit, resolveWit } from "@golem-kit/wit";
import { expect, test } from "vitest";

import { snapshotFunction } from "../../src/component/snapshot-function.ts";

function worldExporting(...versions: readonly string[]) {
  const packages = versions.map(
    (version) => `package golem:api@${version} { interface save-snapshot { save: func() -> list<u8>; } }`,
  );
  const world = `world w { ${versions.map((version) => `export golem:api/save-snapshot@${version};`).join(" ")} }`;
  return resolveWit([parseWit(`package test:w; ${world} ${packages.join("\n")}`)]).world();
}

test.each(["1.1.0", "1.1.6", "0.2.0", "0.2.2"])("%s is a version that saves", (version) => {
  expect(snapshotFunction(worldExporting(version), "save")).toBe(`golem:api/save-snapshot@${version}.{save}`);
});

test("the newer of two is taken", () => {
  expect(snapshotFunction(worldExporting("0.2.2", "1.1.6"), "save")).toBe(
    "golem:api/save-snapshot@1.1.6.{save}",
  );
});

test.each(["0.1.0", "2.0.0"])("%s is none", (version) => {
  expect(snapshotFunction(worldExporting(version), "save")).toBeUndefined();
});
