import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import type { BlobStore } from "../../src/storage/blob-store.ts";
import { openSharedStores } from "../../src/storage/shared-stores.ts";
import { changeRows } from "./change-rows.ts";

const WORKER = { componentId: "c", workerName: "w" };
const CONTENT = new Uint8Array([1, 2, 3]);

/** A store with the object `from`, and where its files are. */
async function stored(): Promise<{ blobs: BlobStore; database: string; folder: string }> {
  const root = await mkdtemp(join(tmpdir(), "golem-kit-test-"));
  const folder = join(root, "blobs");
  await mkdir(folder);
  const database = join(root, "shared.sqlite");
  const shared = openSharedStores({ shared: database, blobs: folder }, "normal", true);
  onTestFinished(async () => {
    shared.close();
    await rm(root, { recursive: true });
  });
  shared.blobs.createContainer("c", 0);
  shared.blobs.write("c", "from", CONTENT, 0);
  return { blobs: shared.blobs, database, folder };
}

const move = (blobs: BlobStore, by: string, source = "from", target = "to"): string =>
  blobs.move(["c", source], ["c", target], 7, WORKER, by);

test("an object that is moved has another name and its content, in place of what had the name before", async () => {
  const { blobs, folder } = await stored();
  blobs.write("c", "to", new Uint8Array([9]), 0);
  expect(move(blobs, "1")).toBe("moved");
  expect(blobs.objects("c")).toEqual(["to"]);
  expect(blobs.read("c", "to", 0, 10)).toEqual(CONTENT);
  expect(blobs.info("c", "to")).toMatchObject({ createdAt: 7, size: 3 });
  expect(await readdir(folder)).toHaveLength(1);
});

test("a call that is made again moves nothing, whatever others have put there since", async () => {
  const { blobs } = await stored();
  expect(move(blobs, "1")).toBe("moved");
  expect(move(blobs, "1")).toBe("moved");
  blobs.write("c", "from", new Uint8Array([4]), 0);
  expect(move(blobs, "1")).toBe("moved");
  expect(blobs.read("c", "to", 0, 10)).toEqual(CONTENT);
  expect(move(blobs, "2")).toBe("moved");
  expect(blobs.read("c", "to", 0, 10)).toEqual(new Uint8Array([4]));
});

test("what cannot be moved is told, and is not taken for moved when it can be", async () => {
  const { blobs } = await stored();
  expect(move(blobs, "1", "missing")).toBe("no object");
  expect(blobs.move(["c", "from"], ["missing", "to"], 0, WORKER, "1")).toBe("no container");
  expect(move(blobs, "1")).toBe("moved");
  expect(blobs.objects("c")).toEqual(["to"]);
});

test("an object that is moved to where it is stays", async () => {
  const { blobs } = await stored();
  expect(move(blobs, "1", "from", "from")).toBe("moved");
  expect(blobs.read("c", "from", 0, 10)).toEqual(CONTENT);
});

test("a note of a move that was changed on the disk is refused", async () => {
  const { blobs, database } = await stored();
  move(blobs, "1");
  changeRows(database, "update move set by = '2'");
  expect(() => move(blobs, "2", "to", "elsewhere")).toThrow(
    `Cannot use ${database}: what the worker c/w has moved is not what was written. ` +
      "What to do: restore the file from a backup, or delete the worker.",
  );
  blobs.forgetMoves(WORKER);
  expect(move(blobs, "2", "to", "elsewhere")).toBe("moved");
});
