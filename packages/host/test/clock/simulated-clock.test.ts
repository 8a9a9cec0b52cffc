import { describe, expect, test } from "vitest";

import { Origin } from "../http/origin.ts";
import { sharedHost } from "../shared-host.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("time that a test lets pass", () => {
  const hosted = sharedHost(["probe", "fetcher"], { shards: 2, suspendAfter: 60_000 });
  const clock = () => hosted().host.simulation.clock;

  test("ends a sleep in memory", async () => {
    const worker = hosted().worker("short");
    const slept = worker.call("sleep", 50_000);
    await clock().advance(50_000);

    expect(Number(await slept)).toBeGreaterThanOrEqual(50_000);
  });

  test("ends a sleep out of memory", async () => {
    const worker = hosted().worker("long");
    const slept = worker.call("sleep", 2 * DAY);
    await clock().advance(DAY);
    expect(await worker.status()).toBe("Suspended");
    await clock().advance(DAY);

    expect(Number(await slept)).toBeGreaterThanOrEqual(2 * DAY);
    expect(Number(await slept)).toBeLessThan(2.1 * DAY);
  });

  test("ends sleeps of several workers, each at its time", async () => {
    const order: string[] = [];
    const sleeps = [3, 1, 2].map(async (days) => {
      const slept = await hosted()
        .worker(`of-${days}`)
        .call("sleep", days * DAY);
      order.push(`${days}`);
      expect(Number(slept)).toBeLessThan((days + 0.5) * DAY);
    });
    await clock().runUntilIdle();
    await Promise.all(sleeps);

    expect(order).toEqual(["1", "2", "3"]);
  });

  test("ends the time-out of a request that nobody answers", async () => {
    await using origin = await Origin.open({ "/never": () => undefined });
    const sent = hosted().worker("impatient", "fetcher").call("send", {
      method: "GET",
      authority: origin.authority,
      path: "/never",
      headers: [],
      trailers: [],
      firstByteTimeout: 300_000,
    });
    await expect.poll(() => origin.count("/never"), { timeout: 20_000 }).toBe(1);
    await clock().advance(400_000);

    expect(await sent).toEqual({ tag: "err", val: "connection-read-timeout" });
  });

  test("ends the delays before further attempts", async () => {
    const worker = hosted().worker("patient");
    await worker.call("put", "fail-until", "0");
    await worker.call("retry-later", HOUR);
    const before = clock().now();
    const attempts = worker.call("fail-until", 3);
    await clock().runUntilIdle();

    expect(await attempts).toBe(3);
    expect(clock().now() - before).toBeGreaterThan(1.9 * HOUR);
  });

  test("passes only when workers that run have come to rest", async () => {
    const busy = hosted().worker("busy");
    const before = clock().now();
    let result: unknown;
    const working = busy.call("busy", 300_000).then((value) => {
      result = [value, clock().now() - before < DAY];
    });
    await clock().advance(DAY);

    expect(result).toEqual([expect.anything(), true]);
    await working;
  });

  test("is refused if it is to go back", async () => {
    await expect(clock().advance(-1)).rejects.toThrow("time only goes on");
  });
});

describe("a host whose retries have no delays", () => {
  const hosted = sharedHost(["probe"], { retryDelays: false });

  test("tries again at once, as often as otherwise, whatever the worker's policy", async () => {
    const worker = hosted().worker("impatient");
    await worker.call("retry-later", HOUR);

    await expect(worker.call("fail", "always")).rejects.toThrow("about to fail: always");
    expect((await worker.metadata()).retryCount).toBe(4);
    expect(hosted().host.simulation.clock.ahead).toBe(0);
  });
});
