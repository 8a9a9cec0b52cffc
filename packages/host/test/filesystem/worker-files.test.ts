import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { strToU8 } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import type { ComponentUpload } from "../../src/index.ts";
import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, HostedWorker, story } from "../hosted.ts";

const files: NonNullable<ComponentUpload["files"]> = [
  { path: "/data/fixed.txt", permissions: "read-only", content: strToU8("fixed") },
  { path: "/data/open.txt", permissions: "read-write", content: strToU8("open") },
];

async function deployed(options: Parameters<typeof Hosted.open>[1] = {}) {
  const hosted = await Hosted.open([], options);
  const upload = await fixtureComponent("files");
  const { versionedComponentId } = await hosted.host.components.create("test:files", { ...upload, files });
  const { componentId } = versionedComponentId;
  return {
    hosted,
    componentId,
    worker: (workerName: string) =>
      new HostedWorker(hosted, { componentId, workerName }, "test:files-exports/api"),
    [Symbol.asyncDispose]: () => hosted[Symbol.asyncDispose](),
  };
}

// Building the component takes longer than a test may.
beforeAll(() => fixtureComponent("files"), 120_000);

/** Names of the directories that instances have on disk. */
async function instanceFolders({ dataDir }: Hosted): Promise<string[]> {
  return readdir(join(dataDir, "instances", "0"));
}

describe("a worker's files", () => {
  test("begin with the initial files, in a directory under two names", async () => {
    await using deployment = await deployed();
    const worker = deployment.worker("w");
    expect(await worker.call("preopens")).toEqual(["/", "."]);
    expect(
      await worker.call("run", [
        ["list", "."],
        ["list", "data"],
        ["read", "data/fixed.txt"],
      ]),
    ).toEqual(["data directory", "fixed.txt regular-file,open.txt regular-file", "fixed"]);
  });

  test("are made again by replay, with the times that they had", async () => {
    await using deployment = await deployed();
    const worker = deployment.worker("w");
    const look = [
      ["list", "dir"],
      ["read", "dir/b.txt"],
      ["readlink", "link"],
      ["modified", "dir/b.txt"],
      ["modified, by its descriptor", "dir/b.txt"],
      ["modified", "dir"],
      ["modified", "data/fixed.txt"],
      ["hash", "dir/b.txt"],
    ];
    const [, , , , , , ...before] = (await worker.call("run", [
      ["mkdir", "dir"],
      ["write", "dir/a.txt", "one"],
      ["append", "dir/a.txt", ", two"],
      ["rename", "dir/a.txt", "dir/b.txt"],
      ["symlink", "dir/b.txt", "link"],
      ["touch", "dir/b.txt", "1000000000"],
      ...look,
    ])) as string[];
    expect(before.slice(0, 4)).toEqual([
      "b.txt regular-file",
      "one, two",
      "dir/b.txt",
      "1000000000123456789",
    ]);
    await worker.crash();
    expect(await worker.call("run", look)).toEqual(before);
    await deployment.hosted.restart();
    expect(await worker.call("run", look)).toEqual(before);
  });

  test("leave nothing in the oplog but the directory, and the times of what was looked at", async () => {
    await using deployment = await deployed();
    const worker = deployment.worker("w");
    await worker.call("run", [
      ["write", "a.txt", "a"],
      ["modified", "a.txt"],
      ["modified", "missing"],
      ["list", "."],
      ["hash", "a.txt"],
      ["modified, by its descriptor", "a.txt"],
      ["unlink", "a.txt"],
    ]);
    const entries = await worker.oplog();
    expect(story(entries).filter((line) => !line.includes("_clock::"))).toEqual([
      "Create",
      "PendingWorkerInvocation",
      "ExportedFunctionInvoked test:files-exports/api.{run}",
      "ImportedFunctionInvoked cli::preopens::get_directories",
      "ImportedFunctionInvoked filesystem::types::descriptor::stat_at",
      "ImportedFunctionInvoked filesystem::types::descriptor::stat_at",
      "ImportedFunctionInvoked filesystem::types::descriptor::stat",
      "ExportedFunctionCompleted",
    ]);
    const recorded = entries.find(({ entry }) => String(entry["functionName"]).endsWith("stat_at"));
    expect(recorded?.entry).toMatchObject({
      request: { value: "/a.txt" },
      response: { value: { ok: { data_modification_timestamp: { nanoseconds: expect.any(Number) } } } },
      wrappedFunctionType: { type: "ReadLocal" },
    });
  });

  test("are the worker's alone, and gone with the instance", async () => {
    await using deployment = await deployed({ maxIdleInstances: 1 });
    const [one, other] = [deployment.worker("one"), deployment.worker("other")];
    await one.call("run", [["write", "mine.txt", "one"]]);
    expect(await instanceFolders(deployment.hosted)).toHaveLength(1);
    expect(
      await other.call("run", [
        ["list", "."],
        ["read", "mine.txt"],
      ]),
    ).toEqual(["data directory", "failed: no-entry"]);
    await expect.poll(() => instanceFolders(deployment.hosted)).toHaveLength(1);
    expect(await one.call("run", [["read", "mine.txt"]])).toEqual(["one"]);
    await deployment.hosted.host.workers.delete(one.id);
    expect(await instanceFolders(deployment.hosted)).toEqual([]);
  });

  test("of a process that was killed are gone with the next start", async () => {
    await using deployment = await deployed();
    const { hosted } = deployment;
    await hosted.stop();
    const left = join(hosted.dataDir, "instances", "7", "left");
    await mkdir(left, { recursive: true });
    await writeFile(join(left, "file.txt"), "text");
    await hosted.start();
    expect(await readdir(join(hosted.dataDir, "instances"))).toEqual(["0"]);
  });

  test("cost nothing as long as they are not used", async () => {
    await using deployment = await deployed();
    await deployment.worker("w").call("preopens");
    expect(await instanceFolders(deployment.hosted)).toEqual([]);
  });

  test("fail a stream for a reason that the guest can ask for", async () => {
    await using deployment = await deployed();
    const steps = [["write to a stream of a full disk", "data/open.txt"]];
    expect(await deployment.worker("w").call("run", steps)).toEqual(["file-too-large"]);
  });
});

describe("initial files", () => {
  test("that are read-only stay as they are, whatever a worker tries", async () => {
    await using deployment = await deployed();
    const path = "data/fixed.txt";
    const worker = deployment.worker("w");
    const refused = [
      ["write", path, "x"],
      ["overwrite", path, "x"],
      ["append", path, "x"],
      ["truncate", path, "0"],
      ["touch", path, "1"],
      ["rename", path, "moved.txt"],
      ["rename", "data/open.txt", path],
      ["unlink", path],
    ];
    expect(await worker.call("run", refused)).toEqual(refused.map(() => "failed: not-permitted"));
    expect(
      await worker.call("run", [
        ["flags", path],
        ["flags", "data/open.txt"],
        ["link", path, "alias.txt"],
        ["overwrite", "alias.txt", "x"],
        ["unlink", "alias.txt"],
        ["read", path],
      ]),
    ).toEqual(["read", "read,write", "done", "failed: not-permitted", "failed: not-permitted", "fixed"]);
    expect(await deployment.worker("other").call("run", [["read", path]])).toEqual(["fixed"]);
  });

  test("that are read-write are every worker's own", async () => {
    await using deployment = await deployed();
    const [one, other] = [deployment.worker("one"), deployment.worker("other")];
    await one.call("run", [["write", "data/open.txt", "changed"]]);
    expect(await other.call("run", [["read", "data/open.txt"]])).toEqual(["open"]);
    await one.crash();
    expect(await one.call("run", [["read", "data/open.txt"]])).toEqual(["changed"]);
  });

  test.each([
    ["relative", ["a.txt"]],
    ["leading out", ["/../a.txt"]],
    ["of a directory", ["/a/"]],
    ["used twice", ["/a.txt", "/a.txt"]],
    ["inside a file", ["/a", "/a/b"]],
  ])("are refused with a path that is %s", async (_, paths) => {
    await using hosted = await Hosted.open([]);
    const given = paths.map((path) => ({ path, permissions: "read-only", content: strToU8("") }) as const);
    const upload = { ...(await fixtureComponent("files")), files: given };
    expect(await failure(hosted.host.components.create("test:files", upload))).toMatch(
      /^ComponentParseFailed: .*initial file/,
    );
  });
});
