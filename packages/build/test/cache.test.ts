import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BuildCache } from "../src/cache/build-cache.ts";
import { pruneCache } from "../src/index.ts";
import { component, TestApplication } from "./application.ts";

const HOUR = 3_600_000;

let dir: string;

beforeEach(async () => void (dir = await mkdtemp(join(tmpdir(), "golem-kit-cache-test-"))));
afterEach(() => rm(dir, { recursive: true, force: true }));

/** An entry of a cache that was last used some hours ago. */
async function entry(name: string, bytes: number, hours: number): Promise<void> {
  const folder = join(dir, name);
  await mkdir(folder);
  await writeFile(join(folder, "content"), new Uint8Array(bytes));
  const used = new Date(Date.now() - hours * HOUR);
  for (const path of [join(folder, "content"), folder]) await utimes(path, used, used);
}

const files = (text: string) => new Map([["content", Buffer.from(text)]]);

test("what nobody used for long is forgotten, a file as well as a folder", async () => {
  await entry("old", 1, 50);
  await entry("new", 1, 5);
  await writeFile(join(dir, "file"), "");
  await utimes(join(dir, "file"), new Date(0), new Date(0));
  expect(await pruneCache(dir, { maxAge: 10 * HOUR })).toBe(1);
  expect(await readdir(dir)).toEqual(["new"]);
});

test("of too much, what was used last is kept", async () => {
  for (const [name, hours] of [
    ["b", 2],
    ["a", 1],
    ["c", 3],
  ] as const)
    await entry(name, 400, hours);
  expect(await pruneCache(dir, { maxBytes: 1_000 })).toBe(800);
  expect((await readdir(dir)).toSorted()).toEqual(["a", "b"]);
});

test("what was used just now is left alone, however much it is", async () => {
  await entry("large", 5_000, 0);
  expect(await pruneCache(dir, { maxBytes: 1_000 })).toBe(5_000);
});

test("a cache that is not there is no error", async () => {
  expect(await pruneCache(join(dir, "nowhere"))).toBe(0);
});

test("reading an entry is using it", async () => {
  const cache = new BuildCache(dir, { maxAge: 10 * HOUR });
  await cache.write("key", files("kept"));
  const longAgo = new Date(0);
  for (const path of ["key/content", "key/checksums.json", "key"])
    await utimes(join(dir, path), longAgo, longAgo);
  expect((await cache.read("key"))?.get("content")?.toString()).toBe("kept");
  await cache.write("other", files("other"));
  expect((await readdir(dir)).toSorted()).toEqual(["key", "other"]);
});

test("writing an entry forgets others that are too much", async () => {
  const cache = new BuildCache(dir, { maxBytes: 100 });
  await entry("old", 5_000, 1);
  await cache.write("new", files("text"));
  expect(await readdir(dir)).toEqual(["new"]);
});

test("an entry that is damaged or cut short is as if it were not there", async () => {
  const cache = new BuildCache(dir);
  for (const damage of ["other", ""]) {
    await cache.write("key", files("whole"));
    await writeFile(join(dir, "key/content"), damage);
    expect(await cache.read("key")).toBeUndefined();
  }
  await cache.write("key", files("again"));
  expect((await cache.read("key"))?.get("content")?.toString()).toBe("again");
});

test("who writes the same entry at once leaves a whole one, and nothing else", async () => {
  const caches = Array.from({ length: 8 }, () => new BuildCache(dir));
  await Promise.all(caches.map((cache) => cache.write("key", files("the same"))));
  expect((await caches[0]?.read("key"))?.get("content")?.toString()).toBe("the same");
  expect(await readdir(dir)).toEqual(["key"]);
});

test("a folder that cannot be written keeps nothing, and is no error", async () => {
  await writeFile(join(dir, "file"), "");
  const cache = new BuildCache(join(dir, "file"));
  await cache.write("key", files("lost"));
  expect(await cache.read("key")).toBeUndefined();
});

test("two processes that build the same with the same cache get the same bytes", async () => {
  const wit = "interface api { ping: func(); }\nworld shared { export api; }";
  const program = component("shared", wit, "export const api = { ping() {} };");
  await using one = await TestApplication.create(program);
  await using other = await TestApplication.create(program);
  const build = (app: TestApplication) =>
    promisify(execFile)(process.execPath, [join(import.meta.dirname, "fixtures/build.ts"), app.dir, dir]);
  await Promise.all([build(one), build(other)]);
  const [first, second] = await Promise.all(
    [one, other].map((app) => readFile(app.path("components/shared/dist/test_shared.wasm"))),
  );
  expect(second?.equals(first ?? new Uint8Array())).toBe(true);
  const kinds = (await readdir(dir)).map((name) => name.replace(/-.*/, ""));
  expect(kinds.toSorted()).toEqual(["engine", "stubbed", "template", "types"]);
}, 120_000);
