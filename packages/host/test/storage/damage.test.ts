import { existsSync } from "node:fs";
import { readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect, test } from "vitest";

import { StorageError } from "../../src/index.ts";
import { dataPaths } from "../../src/storage/data-directory.ts";
import { partitionOf } from "../../src/storage/worker-partition.ts";
import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { leftBehind } from "../fixtures/left-behind.ts";
import { failure, Hosted, type HostedWorker } from "../hosted.ts";
import { changeRows } from "./change-rows.ts";

function fileOf(hosted: Hosted, worker: HostedWorker): string {
  return dataPaths(hosted.dataDir).partition(partitionOf(worker.id));
}

/** Two workers whose oplogs are in different files. */
function strangers(hosted: Hosted): readonly [HostedWorker, HostedWorker] {
  const first = hosted.worker("w");
  for (let number = 0; ; number += 1) {
    const second = hosted.worker(`w${number}`);
    if (partitionOf(second.id) !== partitionOf(first.id)) return [first, second];
  }
}

async function flipBit(file: string, at: number): Promise<void> {
  const content = await readFile(file);
  content[at] = (content[at] ?? 0) ^ 4;
  await writeFile(file, content);
}

test.each([1, 3])(
  "a damaged oplog file is named, and the workers in the others go on (%d shards)",
  async (shards) => {
    await using hosted = await Hosted.open(["probe"], { shards });
    const [lost, kept] = strangers(hosted);
    await lost.call("add", 1n);
    await kept.call("add", 2n);
    await hosted.stop();
    const file = fileOf(hosted, lost);
    await writeFile(file, "this is no database");
    const message =
      `Cannot use ${file}: the file is not a SQLite database. ` +
      "What to do: restore it from a backup, or move it away to lose only its workers.";

    await hosted.start();

    expect(hosted.host.damage).toEqual([message]);
    expect(await failure(lost.call("add", 1n))).toBe(`StorageError: ${message}`);
    expect(await kept.call("add", 2n)).toBe(4n);
  },
);

test("a truncated oplog file is named, and the workers in the others go on", async () => {
  await using hosted = await Hosted.open();
  const [lost, kept] = strangers(hosted);
  for (let call = 0; call < 20; call += 1) await lost.call("add", 1n);
  await kept.call("add", 2n);
  await hosted.stop();
  const file = fileOf(hosted, lost);
  await truncate(file, 8_192);
  await hosted.start();
  expect(await failure(lost.call("add", 1n))).toContain(`Cannot use ${file}: the file is damaged`);
  expect(await kept.call("add", 2n)).toBe(4n);
});

test("an oplog file that lost its content is not taken for a new one", async () => {
  await using hosted = await Hosted.open();
  const worker = hosted.worker("w");
  await worker.call("add", 1n);
  await hosted.stop();
  const file = fileOf(hosted, worker);
  await truncate(file, 0);
  await hosted.start();
  expect(await failure(worker.call("add", 1n))).toContain(`Cannot use ${file}: the file is empty`);
});

test("an oplog file that was moved away takes its workers along, and nothing else", async () => {
  await using hosted = await Hosted.open();
  const [lost, kept] = strangers(hosted);
  await lost.call("add", 1n);
  await kept.call("add", 2n);
  await hosted.stop();
  await rm(fileOf(hosted, lost));
  await hosted.start();
  expect(hosted.host.damage).toEqual([]);
  expect(await lost.call("add", 1n)).toBe(1n);
  expect(await kept.call("add", 2n)).toBe(4n);
});

test("an entry that was changed on the disk is noticed before it is replayed", async () => {
  await using hosted = await Hosted.open();
  const [lost, kept] = strangers(hosted);
  await lost.call("append", "key", "a text that is found in the file");
  await kept.call("add", 2n);
  await hosted.stop();
  const file = fileOf(hosted, lost);
  await flipBit(file, (await readFile(file)).indexOf("a text that is found"));
  await hosted.start();
  expect(await failure(lost.call("add", 1n))).toMatch(
    `StorageError: Cannot use ${file}: the oplog of the worker w is not what was written, from entry 8 on. `,
  );
  expect(await kept.call("add", 2n)).toBe(4n);
});

test("a damaged write-ahead log is named: what was committed after the damage is not forgotten silently", async () => {
  await using hosted = await Hosted.open();
  const [lost, kept] = strangers(hosted);
  for (let call = 0; call < 5; call += 1) await lost.call("add", 1n);
  await kept.call("add", 2n);
  await using copy = await leftBehind(hosted.dataDir);
  await hosted.stop();
  const file = dataPaths(copy.dataDir).partition(partitionOf(lost.id));
  await flipBit(`${file}-wal`, 5_000);

  await hosted.start({ dataDir: copy.dataDir });

  const damage = /Cannot use (.*-wal): a frame at byte 4152 is not what was written/;
  expect(hosted.host.damage.join()).toMatch(damage);
  expect(await failure(lost.call("add", 1n))).toMatch(damage);
  expect(await kept.call("add", 2n)).toBe(4n);
});

test("a write-ahead log that ends in the middle of a write is whole up to there", async () => {
  await using hosted = await Hosted.open();
  const worker = hosted.worker("w");
  await worker.call("add", 1n);
  await using copy = await leftBehind(hosted.dataDir);
  await hosted.stop();
  const file = `${dataPaths(copy.dataDir).partition(partitionOf(worker.id))}-wal`;
  await writeFile(file, Buffer.concat([await readFile(file), Buffer.alloc(100)]));
  await hosted.start({ dataDir: copy.dataDir });
  expect(await worker.call("add", 1n)).toBe(2n);
});

test("a host with a damaged shared file does not start, and says which file", async () => {
  await using hosted = await Hosted.open([]);
  await hosted.stop();
  const file = dataPaths(hosted.dataDir).shared;
  await writeFile(file, "this is no database");
  const start = hosted.start();
  await expect(start).rejects.toBeInstanceOf(StorageError);
  await expect(start).rejects.toThrow(`Cannot use ${file}: the file is not a SQLite database. `);
});

test("a host that could not start leaves its directory to the next", async () => {
  await using hosted = await Hosted.open([]);
  await hosted.stop();
  const file = dataPaths(hosted.dataDir).shared;
  const content = await readFile(file);
  await writeFile(file, "this is no database");
  await failure(hosted.start());
  await writeFile(file, content);
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

test.each([
  ["description", "replace(description, ',', ';')"],
  ["description", `replace(description, '"Durable"', '"Ephemeral"')`],
  ["name", "'test:other'"],
  ["version", "7"],
])("a changed %s of a component (%s) ends the start, and its file is named", async (column, value) => {
  await using hosted = await Hosted.open();
  await hosted.worker("w").call("add", 1n);
  await hosted.stop();
  const { shared } = dataPaths(hosted.dataDir);
  changeRows(shared, `update component set ${column} = ${value}`);

  expect(await failure(hosted.start())).toBe(
    `StorageError: Cannot use ${shared}: the description of a component is not what was written. ` +
      "What to do: restore it from a backup, for all components are described in it.",
  );
});

test("a worker whose row was changed is named, and is not taken for another", async () => {
  await using hosted = await Hosted.open();
  const [changed, kept] = strangers(hosted);
  await changed.call("add", 1n);
  await kept.call("add", 2n);
  await hosted.stop();
  const file = fileOf(hosted, changed);
  changeRows(file, "update worker set active = 1");
  await hosted.start();
  const message = `Cannot use ${file}: the row of the worker w is not what was written. `;
  expect(hosted.host.damage.join()).toContain(message);
  expect(await failure(changed.call("add", 1n))).toContain(message);
  expect(await kept.call("add", 2n)).toBe(4n);
});

test("the end of an oplog that says to be at another place is not left out", async () => {
  await using hosted = await Hosted.open();
  const [lost] = strangers(hosted);
  await lost.call("add", 1n);
  await hosted.stop();
  const file = fileOf(hosted, lost);
  changeRows(file, "update oplog set last = -123 where first = (select max(first) from oplog)");
  await hosted.start();
  expect(await failure(lost.call("add", 1n))).toContain(
    `Cannot use ${file}: the oplog of the worker w is not what was written`,
  );
});

test("the end of an oplog that was moved to a worker that is none is missed, and its file named", async () => {
  await using hosted = await Hosted.open();
  const [lost, kept] = strangers(hosted);
  await lost.call("add", 1n);
  await kept.call("add", 2n);
  await hosted.stop();
  const file = fileOf(hosted, lost);
  changeRows(file, "update oplog set worker = 65 where first = (select max(first) from oplog)");
  await hosted.start();
  const message = `Cannot use ${file}: there are entries of a worker that is none. `;
  expect(hosted.host.damage.join()).toContain(message);
  expect(await failure(lost.call("add", 1n))).toContain(message);
  expect(await kept.call("add", 2n)).toBe(4n);
});

test("a promise that was changed on the disk is named at the start, and completes nothing", async () => {
  await using hosted = await Hosted.open();
  const { host } = hosted;
  const worker = hosted.worker("w");
  const completed = Number(await worker.call("create-promise"));
  await host.workers.completePromise(worker.id, completed, new Uint8Array([1]));
  await hosted.stop();
  const { shared } = dataPaths(hosted.dataDir);
  changeRows(shared, "update promise set data = x'02'");
  await hosted.start();
  const message =
    `Cannot use ${shared}: the promise ${completed} of the worker w is not what was written. ` +
    "What to do: restore the file from a backup, or delete the worker.";
  expect(hosted.host.damage).toEqual([message]);
  const again = hosted.host.workers.completePromise(worker.id, completed, new Uint8Array([3]));
  expect(await failure(again)).toBe(`StorageError: ${message}`);
});

test("a directory of another format is refused with what to do about it", async () => {
  await using hosted = await Hosted.open([]);
  await hosted.stop();
  const { shared } = dataPaths(hosted.dataDir);
  const database = new DatabaseSync(shared);
  database.exec("pragma user_version = 0");
  database.close();
  expect(await failure(hosted.start())).toBe(
    `StorageError: Cannot use ${shared}: it has the format 0, and this version of Golem Kit uses format 4. ` +
      "What to do: choose an empty data directory, or go on with the version of Golem Kit that wrote this one.",
  );
});

test("an initial file that was changed on the disk is refused by name, and is no worker's", async () => {
  await using hosted = await Hosted.open([]);
  const file = { path: "/fixed.txt", permissions: "read-only", content: Buffer.from("fixed") } as const;
  const upload = { ...(await fixtureComponent("files")), files: [file] };
  const { versionedComponentId, files } = await hosted.host.components.create("test:files", upload);
  await hosted.stop();
  const stored = join(dataPaths(hosted.dataDir).files, files[0]?.key ?? "");
  await flipBit(stored, 2);
  await hosted.start();
  const id = { componentId: versionedComponentId.componentId, workerName: "w" };
  const invocation = {
    function: "test:files-exports/api.{run}",
    params: { form: "values", values: [[["read", "fixed.txt"]]] },
  } as const;
  const message =
    `Cannot use ${stored}: the initial file /fixed.txt is not what was uploaded. ` +
    "What to do: remove the file, and upload the component again.";
  expect(await failure(hosted.host.workers.invokeAndAwait(id, invocation))).toContain(message);
  const read = hosted.host.components.fileContents(id.componentId, 0, "/fixed.txt");
  expect(await failure(read)).toBe(`StorageError: ${message}`);
});

test("what was uploaded last does not hang on the end of the write-ahead log", async () => {
  await using hosted = await Hosted.open();
  await using copy = await leftBehind(hosted.dataDir);
  await hosted.stop();
  const log = `${dataPaths(copy.dataDir).shared}-wal`;
  if (existsSync(log)) await truncate(log, Math.max(0, (await stat(log)).size - 100));
  await hosted.start({ dataDir: copy.dataDir });
  expect(await hosted.worker("w").call("add", 1n)).toBe(1n);
});

test("a host that is closed leaves no write-ahead log, whose end could be lost unnoticed", async () => {
  await using hosted = await Hosted.open(["probe"], { shards: 3 });
  for (const worker of strangers(hosted)) await worker.call("put", "key", "value");
  await hosted.stop();
  expect((await readdir(hosted.dataDir)).filter((name) => name.includes("-wal"))).toEqual([]);
});
