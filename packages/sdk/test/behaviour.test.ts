import type { WorkerId } from "@golem-kit/host";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { openLab } from "./lab.ts";

const BUILD_TIMEOUT = 180_000;
/** In milliseconds. */
const HOUR = 3_600_000;

let lab: Awaited<ReturnType<typeof openLab>>;
beforeAll(async () => {
  lab = await openLab();
}, BUILD_TIMEOUT);
afterAll(() => lab[Symbol.asyncDispose]());

const naming = (workerName: string): WorkerId => ({ componentId: lab.componentId, workerName });

describe("waiting", () => {
  test("calls to several workers run side by side, whenever they are made", async () => {
    expect(await lab.call("r", "rendezvous")).toEqual(["r-ann", "r-bob"]);
  });

  test("a sleep ends while a call is waited for", async () => {
    expect(await lab.call("race", "race")).toBe("slept");
  });

  test("the shortest sleep ends first", async () => {
    const naps = lab.call("naps", "naps");
    await expect.poll(async () => (await lab.host.workers.get(naming("naps"))).status).toBe("Suspended");
    await lab.host.simulation.clock.advance(2 * HOUR);
    expect(await naps).toEqual(["none", "short", "long"]);
  });

  test("a scheduled call arrives, a cancelled one does not", async () => {
    await lab.call("scheduling", "schedule", "scheduled");
    await lab.host.simulation.clock.advance(2 * HOUR);
    expect(await lab.call("scheduled", "reminded")).toEqual(["sent"]);
  });
});

describe("an atomic region", () => {
  test("that throws is repeated; nothing catches the exception", async () => {
    expect(await lab.call("stubborn", "stubborn-region")).toBe("done");
    expect(await lab.call("stubborn", "attempts", "stubborn")).toBe(3);
  });

  test("that is left before its commit is repeated", async () => {
    expect(await lab.call("abandoned", "abandoned-region")).toBe("done");
    expect(await lab.call("abandoned", "attempts", "abandoned")).toBe(3);
  });

  test("takes in those that overlap it, and is committed once", async () => {
    expect(await lab.call("joined", "joined-regions")).toBe("outer beside atomic-region-ended");
  });
});

describe("calls by name", () => {
  test("bring values there and back", async () => {
    expect(await lab.call("by-name", "echoes")).toBe(true);
  });

  test("and other wrong uses end in errors with a code", async () => {
    expect(await lab.call("refusals", "refusals")).toEqual([
      "protocol-error",
      "wit-value",
      "unknown-component",
      "codec",
      "blobstore",
    ]);
  });
});
