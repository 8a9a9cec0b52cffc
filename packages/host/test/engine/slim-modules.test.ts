import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { transpileBytes } from "@bytecodealliance/jco-transpile";
import { expect, test } from "vitest";

import { slimModules } from "../../src/engine/slim-modules.ts";

type Files = ReadonlyMap<string, Uint8Array>;

async function transpile(wasm: Uint8Array): Promise<Files> {
  const { files } = await transpileBytes(wasm, {
    name: "component",
    instantiation: "async",
    wasiShim: false,
    base64Cutoff: 0,
  });
  return new Map(Object.entries(files));
}

const same = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one !== undefined && other !== undefined && Buffer.compare(one, other) === 0;

test.each([
  ["rust-caller", 0.5],
  ["go-worker", 0.5],
  ["c-values", 0.5],
  // Its modules are in components of its own, where they stay as they are.
  ["rust-composed", 1],
] as const)("a component without code is transpiled to the same as with it: %s", async (name, share) => {
  const wasm = await readFile(join(import.meta.dirname, "../fixtures/foreign", `${name}.wasm`));
  const slim = slimModules(wasm);
  expect(slim.wasm.length).toBeLessThanOrEqual(wasm.length * share);

  const files = await transpile(slim.wasm);
  const expected = await transpile(wasm);
  expect([...files.keys()]).toEqual([...expected.keys()]);
  for (const [each, content] of files)
    expect([each, same(slim.restore(content), expected.get(each))]).toEqual([each, true]);
});
