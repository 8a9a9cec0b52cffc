import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { dataPaths } from "../../src/storage/data-directory.ts";
import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { failure, Hosted, story } from "../hosted.ts";

/** Changes the file of `probe` while the host is down. @returns its path, and what puts it right again */
async function damage(hosted: Hosted): Promise<{ file: string; repair: () => Promise<void> }> {
  const { wasm: whole } = await fixtureComponent("probe");
  const name = createHash("sha256").update(whole).digest("hex");
  const file = join(dataPaths(hosted.dataDir).components, `${name}.wasm`);
  await hosted.stop();
  await writeFile(file, whole.with(whole.length - 1, (whole.at(-1) ?? 0) ^ 4));
  await hosted.start();
  return { file, repair: () => writeFile(file, whole) };
}

describe("a damaged file of a component", () => {
  test("is named by everything that needs it, as what Golem calls a component that cannot be parsed", async () => {
    await using hosted = await Hosted.open();
    const componentId = hosted.componentId("probe");
    await hosted.worker("w").call("add", 1n);
    const { file } = await damage(hosted);
    const { components } = hosted.host;
    for (const need of [
      () => hosted.worker("w").call("add", 1n),
      () => hosted.worker("new").call("add", 1n),
      () => components.download(componentId),
      () => components.exportedFunction(componentId, "test:probe-exports/api.{add}"),
    ]) {
      expect(await failure(need())).toBe(
        `ComponentParseFailed: Component ${componentId} cannot be loaded: ` +
          `Cannot use ${file}: the component test:probe is not what was uploaded. ` +
          "What to do: remove the file, and upload the component again.",
      );
    }
  });

  test("fails no worker: what was going on is finished once the file is whole again", async () => {
    await using hosted = await Hosted.open();
    const worker = hosted.worker("w");
    await worker.triggerWithKey("k", "sleep", 5_000);
    await expect.poll(async () => (await worker.metadata()).status).toBe("Running");
    const { repair } = await damage(hosted);
    expect(await failure(worker.call("add", 1n))).toMatch(/^ComponentParseFailed: /);
    expect(await worker.status()).toBe("Running");
    await repair();
    const slept = worker.callWithKey("k", "sleep", 5_000);
    await hosted.host.simulation.clock.advance(5_000);
    expect(Number(await slept)).toBeGreaterThanOrEqual(5_000);
    expect(story(await worker.oplog())).not.toContain("Error");
  });

  test("is not recorded as the outcome of a call by another worker, which makes it again", async () => {
    await using hosted = await Hosted.open(["probe", "caller"], { retryDelays: false });
    const { repair } = await damage(hosted);
    const caller = hosted.worker("caller", "caller");
    expect(await failure(caller.callWithKey("k", "add", "w", 1n))).toContain("is not what was uploaded");
    const results = story(await caller.oplog()).filter((each) => each.endsWith("::invoke-and-await result"));
    expect(results).toEqual([]);
    await repair();
    // What is reverted is only that it has failed.
    const before = (await caller.oplog()).findLast(({ entry }) => entry.type !== "Error");
    const lastOplogIndex = before?.oplogIndex ?? 0;
    await hosted.host.workers.revert(caller.id, { type: "revertToOplogIndex", lastOplogIndex });
    expect(await caller.callWithKey("k", "add", "w", 1n)).toBe(1n);
  });
});
