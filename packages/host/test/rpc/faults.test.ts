import { describe, expect, test } from "vitest";

import type { CallFault, PlannedCalls } from "../../src/index.ts";
import { failure, type HostedWorker, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

describe("a call that a test lets go wrong", () => {
  // Of two shards: some callees are in the caller's own, some in the other.
  const hosted = sharedHost(["probe", "caller"], { shards: 2, retryDelays: false });

  const failCalls = (callee: HostedWorker, fault: CallFault, calls?: PlannedCalls): Promise<void> =>
    hosted().host.simulation.failCalls(callee.id, fault, calls);

  const pair = (name: string): { caller: HostedWorker; callee: HostedWorker } => ({
    caller: hosted().worker(`caller-of-${name}`, "caller"),
    callee: hosted().worker(name),
  });

  const typesOf = async (worker: HostedWorker, type: string): Promise<number> =>
    story(await worker.oplog()).filter((each) => each.startsWith(type)).length;

  test.each(["disconnect", "lose-answer"] as const)("(%s) is made again, and runs once", async (fault) => {
    const { caller, callee } = pair(fault);
    await failCalls(callee, fault, { times: 2 });

    expect(await caller.call("add", callee.id.workerName, 2n)).toBe(2n);
    expect(await typesOf(caller, "Error")).toBe(2);
    expect(await typesOf(callee, "ExportedFunctionInvoked")).toBe(1);
  });

  test.each(["disconnect", "lose-answer"] as const)(
    "(%s) among many runs once, as they do",
    async (fault) => {
      const { caller, callee } = pair(`one-of-many-${fault}`);
      await failCalls(callee, fault);
      const names = ["a", "b"].map((name) => `${callee.id.workerName}-${name}`);

      const sums = await caller.call("add-everywhere", [...names, callee.id.workerName], 3n);

      expect(sums).toEqual(BigUint64Array.of(3n, 3n, 3n));
      for (const name of names) expect(await hosted().worker(name).call("add", 0n)).toBe(3n);
    },
  );

  test.each(["disconnect", "lose-answer"] as const)("(%s) without a result runs once", async (fault) => {
    const { caller, callee } = pair(`triggered-${fault}`);
    await failCalls(callee, fault);
    await caller.call("bump", callee.id.workerName, 4n);

    await expect.poll(() => callee.call("add", 0n)).toBe(4n);
    expect(await typesOf(caller, "Error")).toBe(1);
  });

  test.each(["disconnect", "lose-answer"] as const)(
    "(%s) on schedule runs once, a little later",
    async (fault) => {
      const { caller, callee } = pair(`scheduled-${fault}`);
      await failCalls(callee, fault);
      await caller.call("bump-later", callee.id.workerName, 4n, 60_000);

      await hosted().host.simulation.clock.runUntilIdle();

      expect(await callee.call("add", 0n)).toBe(4n);
      expect(await typesOf(caller, "Error")).toBe(0);
    },
  );

  test("fails its caller if it is lost again and again", async () => {
    const { caller, callee } = pair("never-reached");
    await failCalls(callee, "disconnect", { times: 4 });

    expect(await failure(caller.call("add", callee.id.workerName, 1n))).toContain(
      "never-reached was lost before it was there, as the test has planned",
    );
    expect(await caller.status()).toBe("Failed");
    expect(await failure(callee.metadata())).toMatch(/^WorkerNotFound: /);
  });

  test.each([
    ["not-found", "NotFound"],
    ["protocol-error", "ProtocolError"],
    ["remote-internal-error", "RemoteInternalError"],
  ] as const)("with %s traps its caller, which has recorded it as %s", async (error, recorded) => {
    const { caller, callee } = pair(error);
    await failCalls(callee, { error, message: "no more today" });

    expect(await failure(caller.call("add", callee.id.workerName, 1n))).toContain(`failed with: ${error}: `);
    expect(await typesOf(caller, "Error")).toBe(4);
    const entries = (await caller.oplog()).map(({ entry }) => entry);
    expect(entries.find(({ functionName }) => String(functionName).endsWith(" result"))).toMatchObject({
      response: { value: { err: { [recorded]: expect.any(String) } } },
    });
  });

  test("is held until it is let go", async () => {
    const { caller, callee } = pair("held");
    const gate = Promise.withResolvers<void>();
    await failCalls(callee, { until: gate.promise });
    const adding = caller.call("add", callee.id.workerName, 5n);
    await hosted().host.simulation.settled();
    expect(await failure(callee.metadata())).toMatch(/^WorkerNotFound: /);

    gate.resolve();

    expect(await adding).toBe(5n);
  });

  test("may be of one function alone, and never is the test's own", async () => {
    const { caller, callee } = pair("chosen");
    await failCalls(callee, { error: "protocol-error" }, { function: "test:probe-exports/api.{double}" });
    await failCalls(callee, { error: "not-found" }, { function: "test:probe-exports/api.{bump}" });

    expect(await callee.call("double", { sku: "own", amount: 4 })).toMatchObject({ tag: "ok" });
    expect(await caller.call("add", callee.id.workerName, 1n)).toBe(1n);
    expect(await failure(caller.call("double", callee.id.workerName, "sku", 2))).toContain("protocol-error");
  });

  test("is none any more after a reset, held or planned", async () => {
    const { caller, callee } = pair("reset");
    await failCalls(callee, { until: new Promise(() => undefined) });
    await failCalls(callee, "disconnect");
    const held = failure(caller.call("add", callee.id.workerName, 1n));
    await hosted().host.simulation.settled();

    await hosted().host.simulation.reset();

    expect(await held).toContain("Interrupted");
    expect(await caller.call("add", callee.id.workerName, 1n)).toBe(1n);
  });
});
