import { existsSync } from "node:fs";

import { expect, test } from "vitest";

import { failure, Hosted } from "../hosted.ts";
import { SpawnedHost } from "./spawn-host.ts";

test("a process whose host is closed ends by itself", async () => {
  await using spawned = new SpawnedHost({ dataDir: null, mode: "close", componentId: "" });
  expect(await spawned.exited()).toBe(0);
});

test("a process whose host is closed while a worker sleeps ends by itself", async () => {
  await using hosted = await Hosted.open();
  await hosted.stop();
  const componentId = hosted.componentId("probe");
  await using spawned = new SpawnedHost({ dataDir: hosted.dataDir, mode: "sleep-and-close", componentId });
  expect(await spawned.exited()).toBe(0);
});

test("a host without a data directory leaves none behind", async () => {
  await using spawned = new SpawnedHost({ dataDir: null, mode: "close", componentId: "" });
  await spawned.exited();
  const dataDir = spawned.told[0]?.["opened"];
  expect(dataDir).toMatch(/golem-kit-/);
  expect(existsSync(dataDir ?? "")).toBe(false);
});

test("a second process cannot use a data directory, and is told who does", async () => {
  await using hosted = await Hosted.open();
  await using spawned = new SpawnedHost({ dataDir: hosted.dataDir, mode: "close", componentId: "" });
  expect(await spawned.exited()).toBe(0);
  expect(spawned.told).toEqual([
    {
      failed:
        `StorageError: The data directory ${hosted.dataDir} is in use by process ${process.pid}. ` +
        "What to do: stop that process, or choose another directory with --data-dir.",
    },
  ]);
});

test("the directory of a process that was killed is free again", async () => {
  await using hosted = await Hosted.open();
  await hosted.stop();
  {
    await using spawned = new SpawnedHost({ dataDir: hosted.dataDir, mode: "wait", componentId: "" });
    await expect.poll(() => spawned.told.length, { timeout: 20_000 }).toBe(1);
    expect(await failure(hosted.start())).toContain(`is in use by process ${spawned.process.pid}`);
    await spawned.kill();
  }
  await hosted.start();
  expect(await hosted.worker("w").call("add", 1n)).toBe(1n);
});
