import { describe, expect, test } from "vitest";

import { Origin } from "../http/origin.ts";
import { sharedHost } from "../shared-host.ts";

const DAY = 86_400_000;

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

  test("is refused if it is to go back", async () => {
    await expect(clock().advance(-1)).rejects.toThrow("time only goes on");
  });
});
