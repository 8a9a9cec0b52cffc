import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

describe.for(halves)("the rest of WASI, %s:", (half) => {
  test("the environment says who the worker is", async ({ guest }) => {
    expect(await guest(half).call("environment")).toEqual([
      "GOLEM_WORKER_NAME",
      "GOLEM_COMPONENT_ID",
      "GOLEM_COMPONENT_VERSION",
    ]);
  });

  test("what is printed or logged is in the oplog, once", async ({ guest }) => {
    const { worker, call } = guest(half);
    await call("print", "on paper");
    await call("log", "in the log");
    await worker.crash();
    await call("time");

    const lines = (await worker.oplog()).flatMap(({ entry }) => (entry.type === "Log" ? [entry] : []));
    expect(lines).toEqual([
      expect.objectContaining({ level: "Stdout", context: "", message: "on paper\n" }),
      expect.objectContaining({ level: "Info", context: "tour", message: "in the log" }),
    ]);
  });

  test("the time of day goes on after a replay", async ({ guest }) => {
    const { worker, call } = guest(half);
    const time = (await call("time")) as bigint;
    await worker.crash();

    expect(Math.abs(Number(time) - Date.now() / 1_000)).toBeLessThan(600);
    expect(await call("time")).toBeGreaterThanOrEqual(time);
  });

  test("a sleep is as long as it should be", async ({ guest }) => {
    expect(await guest(half).call("sleep", 20)).toBeGreaterThanOrEqual(20);
  });

  test("the first of several clocks wakes the worker", async ({ guest }) => {
    expect(await guest(half).call("poll")).toEqual(Uint32Array.of(1));
  });

  test("random bytes are as many as were asked for", async ({ guest }) => {
    expect(await guest(half).call("random", 16)).toEqual(Uint32Array.of(16, 16, 16));
  });
});
