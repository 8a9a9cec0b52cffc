import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const HOUR = 3_600_000;

const host = new RestHost({ suspendAfter: HOUR / 4 });
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
});

const SLEEP = "golem:it/surroundings.{sleep}";

/** A worker that sleeps, called for it with the key `k`. The answer: milliseconds that have passed. */
async function asleep(name: string, milliseconds = HOUR) {
  const worker = rust.worker(name);
  await worker.triggerWithKey("k", SLEEP, milliseconds);
  await worker.recorded("ImportedFunctionInvoked", "monotonic_clock::subscribe_duration");
  const slept = async (): Promise<number> => {
    const { status, body } = await worker.invokeWithKey("k", SLEEP, milliseconds);
    expect(status).toBe(200);
    const [[before, after]] = (body as { readonly result: { readonly value: [[number, number, number]] } })
      .result.value;
    return after - before;
  };
  return { worker, slept };
}

/** The same, when it has gone to sleep for an hour. */
async function suspended(name: string) {
  const sleeper = await asleep(name);
  await sleeper.worker.reaches("Suspended");
  return sleeper;
}

describe("a sleep that is longer than the limit", () => {
  test("suspends the worker until its time has come", async () => {
    const { worker, slept } = await suspended("long");
    expect((await worker.oplog()).at(-1)?.entry.type).toBe("Suspend");
    await host.clock.advance(HOUR / 2);
    expect(await worker.status()).toBe("Suspended");
    const answer = slept();
    await host.clock.advance(HOUR / 2);
    expect(await answer).toBeGreaterThanOrEqual(HOUR);
    expect(await worker.status()).toBe("Idle");
  });

  test("lets the worker leave memory, and come back as it was", async () => {
    const others = await instances();
    const worker = rust.worker("leaves");
    await worker.call("golem:it/counters.{inc-global-by}", 7);
    await worker.call("golem:it/files.{write-file}", "/kept", "text");
    await expect.poll(instances).toHaveLength(others.length + 1);
    await asleep("leaves");
    await expect.poll(instances).toEqual(others);
    await host.clock.advance(HOUR);
    expect(await worker.call("golem:it/files.{read-file}", "/kept")).toEqual({ ok: "text" });
    expect(await worker.call("golem:it/counters.{get-global-value}")).toBe(7);
  });

  test("ends in its time though the server is restarted meanwhile", async () => {
    const { worker, slept } = await suspended("restarted");
    await host.clock.advance(HOUR / 2);
    await host.restart();
    expect(await worker.status()).toBe("Suspended");
    await host.clock.advance(HOUR / 2);
    expect(await worker.status()).toBe("Idle");
    expect(await slept()).toBeLessThan(HOUR * 1.5);
  });

  test("that ended while the server was away is over when that is back, without any request", async () => {
    const { worker, slept } = await suspended("away");
    await host.restart({ clockAhead: host.clock.ahead + HOUR });
    await worker.reaches("Idle");
    expect(await slept()).toBeGreaterThanOrEqual(HOUR);
  });

  test("is no longer when the worker is resumed in the middle of it", async () => {
    const { worker, slept } = await suspended("resumed");
    await host.clock.advance(HOUR / 2);
    expect(await worker.resume()).toMatchObject({ status: 200 });
    await worker.reaches("Suspended");
    await host.clock.advance(HOUR / 2);
    expect(await slept()).toBeLessThan(HOUR * 1.5);
  });

  test("can be interrupted: the worker stays so until it is resumed or its time has come", async () => {
    const { worker, slept } = await suspended("interrupted");
    await worker.interrupt();
    expect(await worker.status()).toBe("Interrupted");
    await host.clock.advance(HOUR / 2);
    expect(await worker.status()).toBe("Interrupted");
    await worker.resume();
    await worker.reaches("Suspended");
    await worker.interrupt();
    await host.clock.advance(HOUR / 2);
    expect(await slept()).toBeLessThan(HOUR * 1.5);
  });

  test("keeps what comes after it waiting, also through a restart of the server", async () => {
    const { worker, slept } = await suspended("queue");
    // The server is gone before it can answer.
    const later = worker
      .invokeWithKey("later", "golem:it/counters.{inc-global-by}", 5)
      .catch(() => undefined);
    await expect.poll(async () => (await worker.metadata()).pendingInvocationCount).toBe(1);
    await host.restart();
    await later;
    expect(await worker.metadata()).toMatchObject({ status: "Suspended", pendingInvocationCount: 1 });
    await host.clock.advance(HOUR);
    expect(await worker.status()).toBe("Idle");
    expect(await worker.call("golem:it/counters.{get-global-value}")).toBe(5);
    expect(await slept()).toBeGreaterThanOrEqual(HOUR);
  });
});

test("a sleep that is shorter than the limit stays in memory", async () => {
  const { worker, slept } = await asleep("short", HOUR / 5);
  expect(await worker.status()).toBe("Running");
  const answer = slept();
  await host.clock.advance(HOUR / 5);
  await answer;
  expect((await worker.oplog()).map(({ entry }) => entry.type)).not.toContain("Suspend");
});

/** The directories of instances that have used files: each is there as long as its instance is in memory. */
async function instances(): Promise<readonly string[]> {
  return (await readdir(join(host.dataDir, "instances", "0"))).toSorted();
}
