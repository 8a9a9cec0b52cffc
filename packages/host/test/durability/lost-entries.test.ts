import { describe, expect, test } from "vitest";

import { story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

describe("a worker that loses what it has not committed", () => {
  const hosted = sharedHost(["probe", "caller"]);
  const crash = (
    name: string,
    afterEntry: number,
    component: "probe" | "caller" = "probe",
  ): Promise<boolean> =>
    hosted().host.simulation.crash(hosted().worker(name, component).id, {
      afterEntry,
      losesUncommitted: true,
    });

  test("answers an invocation whose begin is lost, which runs once", async () => {
    const worker = hosted().worker("begin");
    await worker.call("add", 1n);
    const before = (await worker.oplog()).length;
    const crashed = crash("begin", before + 1);

    expect(await worker.call("add", 2n)).toBe(3n);
    expect(await crashed).toBe(true);
    expect(await worker.call("add", 0n)).toBe(3n);
  });

  test("answers an invocation whose end is lost, with what comes of it the second time", async () => {
    const worker = hosted().worker("end");
    const undisturbed = hosted().worker("end-undisturbed");
    await undisturbed.call("add", 5n);
    const last = (await undisturbed.oplog()).findLast(
      ({ entry }) => entry.type === "ExportedFunctionCompleted",
    );
    const crashed = crash("end", last?.oplogIndex ?? 0);

    expect(await worker.call("add", 5n)).toBe(5n);
    expect(await crashed).toBe(true);
    expect(await worker.call("add", 0n)).toBe(5n);
    expect(story(await worker.oplog()).filter((each) => each === "ExportedFunctionCompleted")).toHaveLength(
      2,
    );
  });

  test("loses none of those that wait in its queue", async () => {
    const worker = hosted().worker("queue");
    await worker.call("add", 0n);
    const before = (await worker.oplog()).length;
    const crashed = crash("queue", before + 3);
    const results = [1n, 1n, 1n].map((by) => worker.call("add", by));

    expect(await Promise.all(results)).toEqual([1n, 2n, 3n]);
    expect(await crashed).toBe(true);
  });

  test("schedules a call once, when what is lost is that it has", async () => {
    const undisturbed = hosted().worker("schedules-undisturbed", "caller");
    await undisturbed.call("bump-later", "schedules-nobody", 1n, 60_000);
    const scheduled = (await undisturbed.oplog()).find(({ entry }) =>
      String(entry["functionName"]).endsWith("::schedule_invocation"),
    );
    const crashed = crash("schedules", scheduled?.oplogIndex ?? 0, "caller");

    await hosted().worker("schedules", "caller").call("bump-later", "schedules-target", 1n, 60_000);
    expect(await crashed).toBe(true);
    await hosted().host.simulation.clock.advance(60_000);
    expect(await hosted().worker("schedules-target").call("add", 0n)).toBe(1n);
  });

  test("calls another worker once, wherever it was", { timeout: 120_000 }, async () => {
    const undisturbed = hosted().worker("calls-undisturbed", "caller");
    await undisturbed.call("add-twice", "calls-of-nobody", 2n);
    const { length } = await undisturbed.oplog();
    for (let at = 2; at <= length; at += 1) {
      const caller = hosted().worker(`calls-${at}`, "caller");
      void crash(`calls-${at}`, at, "caller");

      expect([at, await caller.call("add-twice", `callee-${at}`, 2n)]).toEqual([
        at,
        BigUint64Array.of(2n, 4n),
      ]);
      expect([at, await hosted().worker(`callee-${at}`).call("add", 0n)]).toEqual([at, 4n]);
    }
  });

  test("is rebuilt from its oplog as it is then", async () => {
    const worker = hosted().worker("rebuilt");
    await worker.call("put", "rebuilt", "x");
    const crashed = crash("rebuilt", (await worker.oplog()).length + 4);
    await worker.call("scenario");
    expect(await crashed).toBe(true);
    const entries = await worker.oplog();

    await hosted().restart();

    expect((await worker.oplog()).slice(0, entries.length)).toEqual(entries);
    expect(await worker.call("get", "rebuilt")).toBe("x");
  });
});
