import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { StorageError } from "../../src/index.ts";
import { LogFlush } from "../../src/storage/log-flush.ts";
import { type OplogRow, PartitionStore } from "../../src/storage/partition-store.ts";

let root: string;
let file: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "golem-kit-flush-"));
  file = join(root, "oplog-0.sqlite");
});
afterEach(() => rm(root, { recursive: true, force: true }));

function rowAt(index: number): OplogRow {
  return { first: index, last: index, data: new Uint8Array([index]) };
}

const ID = { componentId: "c", workerName: "w" };

describe("a file of oplogs that is to survive loss of power", () => {
  test("is not on the disk after a commit, and is after the next flush", async () => {
    const store = new PartitionStore(file, "full");
    store.createWorker(ID, [rowAt(1)], false);
    expect(store.isFlushed).toBe(false);

    await store.flush();

    expect(store.isFlushed).toBe(true);
    store.close();
  });

  test.each<[string, (store: PartitionStore, row: number) => void]>([
    ["entries that are appended", (store, row) => store.append({ row, id: ID }, rowAt(2))],
    ["entries that make it active", (store, row) => store.append({ row, id: ID }, rowAt(2), true)],
    ["that it goes on", (store, row) => store.setActive({ row, id: ID }, true)],
    ["that it is deleted", (store, row) => store.deleteWorker(row)],
    ["that all are deleted", (store) => store.clear()],
  ])("has to be flushed for %s", (_, change) => {
    const store = new PartitionStore(file, "full");
    const row = store.createWorker(ID, [rowAt(1)], false);
    store.flushNow();
    expect(store.isFlushed).toBe(true);

    change(store, row);

    expect(store.isFlushed).toBe(false);
    store.close();
  });

  test("needs another flush for what is committed while one is under way", async () => {
    const store = new PartitionStore(file, "full");
    const row = store.createWorker(ID, [rowAt(1)], false);
    const flush = store.flush();
    store.append({ row, id: ID }, rowAt(2));

    await flush;

    expect(store.isFlushed).toBe(false);
    await store.flush();
    expect(store.isFlushed).toBe(true);
    store.close();
  });

  test("can be closed while a flush is under way, and opened again", async () => {
    const store = new PartitionStore(file, "full");
    store.createWorker(ID, [rowAt(1)], false);
    const flush = store.flush();
    store.close();
    await flush;

    const again = new PartitionStore(file, "full");

    expect(again.findWorker(ID)).toMatchObject({ id: ID });
    again.close();
  });
});

test("a file of oplogs that is to survive the process alone needs no flush", () => {
  const store = new PartitionStore(file, "normal");
  store.createWorker(ID, [rowAt(1)], false);

  expect(store.isFlushed).toBe(true);
  store.close();
});

test("after a flush that failed nothing counts as flushed any more, also when the disk is well again", async () => {
  const log = new LogFlush(file);
  log.noteCommit();
  await expect(log.flush()).rejects.toThrow(StorageError);
  await writeFile(`${file}-wal`, "");

  await expect(log.flush()).rejects.toThrow(`Cannot use ${file}-wal`);
  expect(() => log.flushNow()).toThrow(`Cannot use ${file}-wal`);
  expect(log.isDone).toBe(false);
});
