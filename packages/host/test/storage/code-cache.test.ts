import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { CodeCache } from "../../src/engine/code-cache.ts";

const FILES = new Map([
  ["component.mjs", new TextEncoder().encode("export const answer = 42;")],
  ["core.wasm", new Uint8Array([0, 97, 115, 109])],
]);

async function filled(): Promise<CodeCache> {
  const dir = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const cache = new CodeCache(dir);
  await cache.write("key", FILES);
  return cache;
}

test("what was cached is read again", async () => {
  const cache = await filled();
  expect(
    new Map([...((await cache.read("key")) ?? [])].map(([name, content]) => [name, new Uint8Array(content)])),
  ).toEqual(FILES);
});

test.each(["component.mjs", "core.wasm", "checksums.json"])(
  "cached code whose %s was changed on the disk is not run: it is as if it were not there",
  async (name) => {
    const cache = await filled();
    const file = join(cache.folder("key"), name);
    const content = await readFile(file);
    content[2] = (content[2] ?? 0) ^ 1;
    await writeFile(file, content);
    expect(await cache.read("key")).toBeUndefined();
    await cache.write("key", FILES);
    expect(await cache.read("key")).toBeDefined();
  },
);
