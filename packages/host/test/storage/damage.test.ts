import { writeFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { StorageError } from "../../src/index.ts";
import { dataPaths } from "../../src/storage/data-directory.ts";
import { failure, Hosted } from "../hosted.ts";

test.each([1, 3])(
  "a host with a damaged oplog file does not start, and says which file (%d shards)",
  async (shards) => {
    await using hosted = await Hosted.open([], { shards });
    await hosted.stop();
    const file = dataPaths(hosted.dataDir).partition(3);
    await writeFile(file, "this is no database");
    expect(await failure(hosted.start())).toBe(
      `StorageError: Cannot use ${file}: the file is not a SQLite database. ` +
        "What to do: restore it from a backup, or move it away to lose only its workers.",
    );
  },
);

test("a host that cannot use its files fails with a StorageError", async () => {
  await using hosted = await Hosted.open([]);
  await hosted.stop();
  await writeFile(dataPaths(hosted.dataDir).partition(0), "this is no database");
  await expect(hosted.start()).rejects.toBeInstanceOf(StorageError);
});

test("a host with a damaged shared file does not start, and says which file", async () => {
  await using hosted = await Hosted.open([]);
  await hosted.stop();
  const file = dataPaths(hosted.dataDir).shared;
  await writeFile(file, "this is no database");
  expect(await failure(hosted.start())).toMatch(
    `StorageError: Cannot use ${file}: the file is not a SQLite database. `,
  );
});

test("a host that could not start leaves its directory to the next", async () => {
  await using hosted = await Hosted.open([]);
  await hosted.stop();
  const file = dataPaths(hosted.dataDir).partition(3);
  await writeFile(file, "this is no database");
  await failure(hosted.start());
  await writeFile(file, "");
  await hosted.start();
  expect(hosted.host.components.list()).toEqual([]);
});

test("a directory that a host of this process uses is refused to another one", async () => {
  await using hosted = await Hosted.open([]);
  expect(await failure(hosted.start())).toBe(
    `StorageError: The data directory ${hosted.dataDir} is in use by process ${process.pid}. ` +
      "What to do: stop that process, or choose another directory with --data-dir.",
  );
});
