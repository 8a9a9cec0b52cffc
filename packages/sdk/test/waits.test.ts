import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";
import { Origin } from "./origin.ts";

const BUILD_TIMEOUT = 180_000;
const KINDS = ["call", "fetch", "engineFetch", "socket", "promise", "stream", "sleep", "engineTimer"];

let lab: Lab;
let origin: Origin;
beforeAll(async () => {
  [lab, origin] = await Promise.all([openLab(), Origin.open()]);
}, BUILD_TIMEOUT);
afterAll(() => Promise.all([lab[Symbol.asyncDispose](), origin[Symbol.asyncDispose]()]));

async function polls(workerName: string): Promise<number> {
  const id = { componentId: lab.componentId, workerName };
  const page = await lab.host.workers.oplog(id, { from: 1, count: 1_000 });
  return page.entries.filter(({ entry }) => entry.functionName === "golem io::poll::poll").length;
}

describe("the event loop", () => {
  test.each(KINDS)("goes on with everything else while the program waits for a %s", async (kind) => {
    expect(await lab.wait(`pairs-${kind}`, "pairs", kind, origin.url, origin.tcpPort)).toEqual(KINDS);
  });

  test("waits for everything at once", async () => {
    expect(await lab.wait("together", "together", origin.url, origin.tcpPort)).toEqual(KINDS);
  });

  test("asks as often as something completes, however long that takes", async () => {
    await lab.wait("patient", "patience", origin.url, "1");
    await lab.wait("more-patient", "patience", origin.url, "300");
    const [few, more] = await Promise.all([polls("patient"), polls("more-patient")]);
    // Three responses and the ends of their bodies.
    expect(few).toBeLessThanOrEqual(6);
    expect(more).toBeLessThanOrEqual(6);
  });

  test("waits by itself where the engine cannot wait for pollables", async () => {
    expect(await lab.wait("blocking", "blocking")).toEqual(["one", "another"]);
  });
});

describe("the clock", () => {
  test("tells the time, and how exactly", async () => {
    expect(await lab.wait("clock", "reading")).toEqual({ wall: "1", step: "1", goesOn: true, apart: true });
  });

  test("sleeps until a point in time", async () => {
    expect(await lab.wait("clock", "untilThen")).toBe(true);
  });

  test("ticks", async () => {
    expect(await lab.wait("clock", "ticks")).toEqual([1, 2, 3]);
  });

  test("limits how long something may take", async () => {
    expect(await lab.wait("clock", "late")).toEqual([true, true, "in time", "Error: failed"]);
  });

  test("waits for ever for what lies beyond its time", async () => {
    expect(await lab.wait("clock", "longest")).toEqual(["rejected", "rejected"]);
  });

  test("lets a sleep be given up", async () => {
    expect(await lab.wait("clock", "givenUp")).toEqual(["given up", "given up"]);
  });
});
