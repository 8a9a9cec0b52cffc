import { expect, test } from "vitest";

import { Hosted } from "../hosted.ts";
import { SpawnedHost } from "./spawn-host.ts";

// A limit on the size of files stands for a full disk.
test("a host that can write no more says which file and what to do, and loses nothing that it accepted", async () => {
  await using hosted = await Hosted.open();
  await hosted.worker("first").call("add", 0n); // compiles the component, whose files are larger than the limit
  await hosted.stop();
  const componentId = hosted.componentId("probe");
  await using spawned = new SpawnedHost({ dataDir: hosted.dataDir, mode: "fill", componentId }, "1000");
  await expect
    .poll(() => spawned.told.filter((message) => "refused" in message).length, { timeout: 20_000 })
    .toBe(5);
  await spawned.kill();
  const refusals = spawned.told.flatMap((message) => message["refused"] ?? []);
  expect(refusals[0]).toMatch(/Cannot use .*oplog-\d\.sqlite: .* What to do: .* free space/);
  const accepted = spawned.told.flatMap((message) => message["accepted"] ?? []);
  expect(accepted.length).toBeGreaterThan(10);

  await hosted.start();
  const worker = hosted.worker("w");
  await expect.poll(() => worker.status()).toBe("Idle");
  const runs = (await worker.oplog()).flatMap(({ entry }) =>
    entry.type === "ExportedFunctionInvoked" ? [String(entry["idempotencyKey"])] : [],
  );
  expect(runs).toEqual([...new Set(runs)]);
  expect(runs).toEqual(expect.arrayContaining(accepted));
  expect(await worker.call("add", 0n)).toBe(BigInt(runs.length));
});
