import { cp, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { openDataDirectory } from "../../src/storage/data-directory.ts";
import { type OplogRow, PartitionStore } from "../../src/storage/partition-store.ts";

let root: string;
let file: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "golem-kit-boot-"));
  file = join(root, "oplog-0.sqlite");
});
afterEach(() => rm(root, { recursive: true, force: true }));

const ID = { componentId: "c", workerName: "w" };

function rowAt(index: number): OplogRow {
  return { first: index, last: index, data: new Uint8Array(5_000).fill(index) };
}

/** What the log's header takes, and one of its frames: a header of its own, and a page. */
const HEADER = 32;
const FRAME = 24 + 4_096;

/** Bytes that a disk writes at a time. */
const SECTOR = 512;

/** Makes a file with ten commits in its log, as a machine leaves it that wrote the log's end before its middle. */
async function loseMiddle(): Promise<void> {
  const live = join(root, "live.sqlite");
  const store = new PartitionStore(live, "full");
  const row = store.createWorker(ID, [rowAt(1)], false);
  for (let index = 2; index <= 10; index += 1) store.append({ row, id: ID }, rowAt(index));
  await copy(live, file);
  store.close();
  const log = await open(`${file}-wal`, "r+");
  const { size } = await log.stat();
  const middle = HEADER + Math.floor((size - HEADER) / FRAME / 2) * FRAME;
  await log.write(new Uint8Array(SECTOR).fill(0xee), 0, SECTOR, Math.ceil(middle / SECTOR + 1) * SECTOR);
  await log.close();
}

/** As after `kill -9`. */
async function copy(from: string, to: string): Promise<void> {
  await cp(from, to);
  await cp(`${from}-wal`, `${to}-wal`);
}

function indexes(store: PartitionStore): number[] {
  const row = store.findWorker(ID)?.row ?? 0;
  return store.oplogRows(row, 1, 100).map(({ first }) => first);
}

describe("a log with a gap in it", () => {
  test("is damaged if the machine has not lost its power since", async () => {
    await loseMiddle();

    expect(() => new PartitionStore(file, "full", "this boot")).toThrow("is not what was written");
  });

  test("is read up to the gap if it is of an earlier boot", async () => {
    await loseMiddle();
    const store = new PartitionStore(file, "full", "earlier boot");

    const found = indexes(store);

    expect(found.length).toBeGreaterThan(1);
    expect(found.length).toBeLessThan(10);
    expect(found).toEqual(found.map((_, at) => at + 1));
    store.close();
  });

  test.each(["normal", "full"] as const)(
    "is gone when the file was opened, so that what is written next is no damage (%s)",
    async (synchronous) => {
      await loseMiddle();
      const store = new PartitionStore(file, synchronous, "earlier boot");
      const next = indexes(store).length + 1;
      const row = store.findWorker(ID)?.row ?? 0;
      store.append({ row, id: ID }, rowAt(next));
      const later = join(root, "later.sqlite");
      await copy(file, later);
      store.close();

      const again = new PartitionStore(later, synchronous, "this boot");

      expect(indexes(again)).toHaveLength(next);
      again.close();
    },
  );
});

describe("the logs in a data directory are of", () => {
  test("an earlier boot if nothing says otherwise", () => {
    const directory = openDataDirectory(root);
    expect(directory.logAge).toBe("earlier boot");
    directory.release();
  });

  test("this boot if a host of this boot had opened them all", () => {
    const first = openDataDirectory(root);
    first.opened();
    first.release();

    const next = openDataDirectory(root);

    expect(next.logAge).toBe("this boot");
    next.release();
  });

  test("an earlier boot until a host has opened them all", () => {
    openDataDirectory(root).release();

    const next = openDataDirectory(root);

    expect(next.logAge).toBe("earlier boot");
    next.release();
  });

  test("an earlier boot if the machine was started since", async () => {
    const first = openDataDirectory(root);
    first.opened();
    first.release();
    const holder = join(root, "holder.json");
    const text = await readFile(holder, "utf8");
    await writeFile(holder, text.replace(/"boot":"[^"]*"/, '"boot":"another"'));

    const next = openDataDirectory(root);

    expect(next.logAge).toBe("earlier boot");
    next.release();
  });
});
