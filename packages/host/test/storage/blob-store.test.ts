import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import type { BlobStore } from "../../src/storage/blob-store.ts";
import { openSharedStores } from "../../src/storage/shared-stores.ts";
import { changeRows } from "./change-rows.ts";

/** A store with one object of three blocks, and the file of that object. */
async function stored(): Promise<{
  blobs: BlobStore;
  database: string;
  folder: string;
  file: string;
  content: Uint8Array;
}> {
  const root = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  const folder = join(root, "blobs");
  await mkdir(folder);
  const database = join(root, "shared.sqlite");
  const shared = openSharedStores({ shared: database, blobs: folder }, "normal", true);
  onTestFinished(async () => {
    shared.close();
    await rm(root, { recursive: true });
  });
  const content = Uint8Array.from({ length: 150_000 }, (_, at) => (at * 7) % 251);
  shared.blobs.createContainer("c", 0);
  shared.blobs.write("c", "o", content, 0);
  const [file = ""] = await readdir(folder);
  return { blobs: shared.blobs, database, folder, file: join(folder, file), content };
}

test.each([
  [0, 150_000],
  [0, 1],
  [65_535, 65_537],
  [100_000, 200_000],
  [149_999, 150_000],
  [70_000, 70_000],
])("bytes %d to %d are those that were written", async (start, end) => {
  const { blobs, content } = await stored();
  expect(blobs.read("c", "o", start, end)).toEqual(content.subarray(start, end));
});

test("a part that was changed on the disk is refused, and the rest is not", async () => {
  const { blobs, file, content } = await stored();
  const changed = content.slice();
  changed[70_000] = 255;
  await writeFile(file, changed);
  expect(blobs.read("c", "o", 0, 65_536)).toEqual(content.subarray(0, 65_536));
  expect(() => blobs.read("c", "o", 65_000, 66_000)).toThrow(
    `Cannot use ${file}: the object o in the container c is not what was written. ` +
      "What to do: restore the file from a backup, or write the object anew.",
  );
});

test("an object whose file was cut is refused, not answered in part", async () => {
  const { blobs, file } = await stored();
  await truncate(file, 100_000);
  expect(() => blobs.read("c", "o", 0, 10)).toThrow(
    "the object o in the container c is not what was written",
  );
});

test("files that no object has are removed: a process that was killed has left them", async () => {
  const { blobs, folder, file, content } = await stored();
  await writeFile(join(folder, "left behind"), "x");
  await writeFile(join(folder, "left behind.part"), "x");
  blobs.removeLeftovers();
  expect((await readdir(folder)).map((name) => join(folder, name))).toEqual([file]);
  expect(blobs.read("c", "o", 0, 150_000)).toEqual(content);
});

test("an object that is replaced leaves no file behind", async () => {
  const { blobs, folder } = await stored();
  blobs.write("c", "o", new Uint8Array([1]), 0);
  expect(blobs.read("c", "o", 0, 10)).toEqual(new Uint8Array([1]));
  expect(await readdir(folder)).toHaveLength(1);
});

test("an object whose row was changed is refused until it is written anew, and no file is taken for a leftover", async () => {
  const { blobs, database, folder, file, content } = await stored();
  changeRows(database, "update object set file = 'other'");
  blobs.removeLeftovers();
  expect((await readdir(folder)).map((name) => join(folder, name))).toEqual([file]);
  const message =
    `Cannot use ${database}: what is known of the object o in the container c is not what was written. ` +
    "What to do: restore the file from a backup, or write the object anew.";
  expect(() => blobs.read("c", "o", 0, 10)).toThrow(message);
  expect(() => blobs.info("c", "o")).toThrow(message);
  blobs.write("c", "o", content, 0);
  expect(blobs.read("c", "o", 0, 150_000)).toEqual(content);
});

test("a container whose row was changed is refused, and can be deleted", async () => {
  const { blobs, database } = await stored();
  changeRows(database, "update container set created_at = 7");
  expect(() => blobs.container("c")).toThrow(
    `Cannot use ${database}: the container c is not what was written. ` +
      "What to do: restore the file from a backup, or delete the container.",
  );
  blobs.deleteContainer("c");
  expect(blobs.container("c")).toBeUndefined();
});

test("objects are listed as Golem lists them: by their bytes, whenever they were written", async () => {
  const { blobs } = await stored();
  for (const name of ["z", "a", "Z"]) blobs.write("c", name, new Uint8Array(), 0);

  expect(blobs.objects("c")).toEqual(["Z", "a", "o", "z"]);
});

test.each([
  ["is empty", undefined, []],
  ["is gone on Golem 1.2", "golem-1.2", undefined],
] as const)("a container that was cleared %s", async (_, strict, expected) => {
  const root = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const paths = { shared: join(root, "shared.sqlite"), blobs: root };
  const stores = openSharedStores(paths, "normal", true, undefined, strict);
  onTestFinished(() => stores.close());
  stores.blobs.createContainer("c", 0);
  stores.blobs.write("c", "o", Uint8Array.of(1), 0);

  stores.blobs.empty("c");

  expect(stores.blobs.container("c") && stores.blobs.objects("c")).toEqual(expected);
});
