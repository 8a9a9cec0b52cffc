import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import type { PromiseStore } from "../../src/storage/promise-store.ts";
import { openSharedStores } from "../../src/storage/shared-stores.ts";

const ID = { workerId: { componentId: "c", workerName: "w" }, oplogIdx: 3 };
const DATA = new Uint8Array([1]);

async function promiseStore(): Promise<PromiseStore> {
  const root = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  const shared = openSharedStores({ shared: join(root, "shared.sqlite"), blobs: root }, "normal", true);
  onTestFinished(async () => {
    shared.close();
    await rm(root, { recursive: true });
  });
  return shared.promises;
}

test("a promise that is created again by a replay stays as it is", async () => {
  const promises = await promiseStore();
  promises.create(ID, true);
  promises.complete(ID, DATA);
  promises.create(ID, false);
  expect(promises.get(ID)).toEqual({ state: "completed", data: DATA });
});

test("a new promise has nothing of one that was lost with its process", async () => {
  const promises = await promiseStore();
  promises.create(ID, true);
  promises.complete(ID, DATA);
  promises.create(ID, true);
  expect(promises.get(ID)).toEqual({ state: "pending" });
});

test("a promise whose key was changed on the disk is not taken for one that never was", async () => {
  const root = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  onTestFinished(() => rm(root, { recursive: true }));
  const file = join(root, "shared.sqlite");
  const id = { workerId: { componentId: "c", workerName: "a name to be found" }, oplogIdx: 3 };
  const shared = openSharedStores({ shared: file, blobs: root }, "normal", true);
  shared.promises.create(id, true);
  shared.close();
  const content = await readFile(file, "latin1");
  await writeFile(file, content.replace("a name to", "a nama to"), "latin1");

  expect(() => openSharedStores({ shared: file, blobs: root }, "normal", true)).toThrow(
    `Cannot use ${file}: the file is damaged: row 1 missing from index`,
  );
});

test("the first completion wins, and is told so again whenever it asks", async () => {
  const promises = await promiseStore();
  promises.create(ID, true);
  expect(promises.complete(ID, DATA, "first")).toBe(true);
  expect(promises.complete(ID, new Uint8Array([2]), "second")).toBe(false);
  expect(promises.complete(ID, DATA, "first")).toBe(true);
  expect(promises.complete(ID, DATA)).toBe(false);
  expect(promises.get(ID)).toEqual({ state: "completed", data: DATA });
});
