import { expect, test } from "vitest";

import { Hosted, story } from "../hosted.ts";
import { SpawnedHost } from "./spawn-host.ts";

test("every accepted invocation survives kill -9 of the process, and none runs twice", async () => {
  await using hosted = await Hosted.open();
  await hosted.stop();
  const componentId = hosted.componentId("probe");
  const accepted: Readonly<Record<string, string>>[] = [];
  for (let kill = 0; kill < 3; kill += 1) {
    await using spawned = new SpawnedHost({ dataDir: hosted.dataDir, mode: "count", componentId });
    await expect
      .poll(() => spawned.told.length, { timeout: 20_000, interval: 5 })
      .toBeGreaterThan(40 * (kill + 1));
    await spawned.kill();
    expect(spawned.told.filter((message) => "failed" in message)).toEqual([]);
    accepted.push(...spawned.told.filter((message) => "accepted" in message));
  }
  await hosted.start();
  for (const name of ["w0", "w1", "w2"]) {
    const worker = hosted.worker(name);
    await expect.poll(() => worker.status()).toBe("Idle");
    const keys = new Set(
      accepted.filter((message) => message["worker"] === name).map((message) => message["accepted"]),
    );
    const runs = (await worker.oplog()).flatMap(({ entry }) =>
      entry.type === "ExportedFunctionInvoked" ? [String(entry["idempotencyKey"])] : [],
    );
    expect(new Set(runs).size).toBe(runs.length);
    expect([...keys].filter((key) => key !== undefined && !runs.includes(key))).toEqual([]);
    expect(await worker.call("add", 0n)).toBe(BigInt(runs.length));
  }
}, 60_000);

test("a worker that slept when its process was killed goes on in the next", async () => {
  await using hosted = await Hosted.open();
  await hosted.stop();
  const componentId = hosted.componentId("probe");
  await using spawned = new SpawnedHost({ dataDir: hosted.dataDir, mode: "sleep", componentId });
  await expect.poll(() => spawned.told.at(-1), { timeout: 20_000 }).toEqual({ accepted: "k" });
  await spawned.kill();
  await hosted.start();
  expect(await hosted.worker("sleeper").callWithKey("k", "sleep", 1_000)).toBeGreaterThanOrEqual(1_000n);
}, 60_000);

test("a call between workers whose process was killed in the middle of it is answered in the next, and runs once", async () => {
  await using hosted = await Hosted.open(["caller", "probe"], { suspendAfter: 60_000 });
  await hosted.stop();
  const componentId = hosted.componentId("caller");
  const calleeId = hosted.componentId("probe");
  await using spawned = new SpawnedHost({ dataDir: hosted.dataDir, mode: "call", componentId, calleeId });
  await expect.poll(() => spawned.told.at(-1), { timeout: 20_000 }).toEqual({ accepted: "k" });
  await spawned.kill();
  await hosted.start();
  const answer = hosted.worker("caller", "caller").callWithKey("k", "sleep", "callee", 9_000);
  await hosted.host.simulation.clock.advance(9_000);
  expect(await answer).toBeGreaterThanOrEqual(9_000n);
  const entries = story(await hosted.worker("callee").oplog());
  expect(entries.filter((entry) => entry.startsWith("ExportedFunctionInvoked"))).toHaveLength(1);
}, 60_000);
