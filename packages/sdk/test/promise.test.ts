import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LabWorkers } from "./lab-workers.ts";
import { openLab, type Lab } from "./lab.ts";

let lab: Lab;
let workers: LabWorkers;
beforeAll(async () => {
  lab = await openLab();
  workers = new LabWorkers(lab, "promises");
}, 240_000);
afterAll(() => lab[Symbol.asyncDispose]());

function complete(worker: string, promise: string, value: unknown): Promise<boolean> {
  const data = new TextEncoder().encode(JSON.stringify(value));
  return lab.host.workers.completePromise(workers.id(worker), Number(promise.split("/").at(-1)), data);
}

describe("a durable promise", () => {
  test("is completed by another worker that was given its id", async () => {
    expect(await workers.call("asking", "ask", "answering")).toEqual(["asked", "answered"]);
  });

  test("suspends the worker that awaits it, until the outside world completes it", async () => {
    const promise = (await workers.call("awaiting", "make")) as string;
    const { componentId } = workers.id("awaiting");
    expect(promise).toMatch(new RegExp(`^${componentId}/awaiting/\\d+$`));
    const answer = workers.call("awaiting", "await", promise);
    await expect.poll(() => workers.status("awaiting"), { timeout: 20_000 }).toBe("Suspended");
    expect(await complete("awaiting", promise, ["from", "outside"])).toBe(true);
    expect(await answer).toEqual(["from", "outside"]);
  });

  test("is completed once, polled, waited for and deleted", async () => {
    expect(await workers.call("living", "lifecycle")).toEqual([
      "undefined",
      "true",
      "false",
      '{"n":1}',
      '{"n":1}',
      '{"n":1}',
      "true",
    ]);
  });

  test("is what it was to a worker that dies after any entry of its oplog", async () => {
    let expected: unknown;
    for await (const { answer, died } of workers.everyCrash("dying", "lifecycle")) {
      expected ??= answer;
      expect([died, answer]).toEqual([died, expected]);
    }
  }, 120_000);

  test("is waited for beside other things", async () => {
    const promise = (await workers.call("beside", "make")) as string;
    const answer = workers.call("beside", "wait", promise, 3_600_000);
    const slept = async (): Promise<boolean> =>
      (await workers.oplog("beside")).some(({ functionName }) =>
        String(functionName).endsWith("eventual::set"),
      );
    await expect.poll(slept, { timeout: 20_000 }).toBe(true);
    await complete("beside", promise, ["completed"]);
    expect(await answer).toEqual(["slept", "completed"]);
  });

  test("that is not completed in time ends the wait, and can still be", async () => {
    const promise = (await workers.call("late", "make")) as string;
    const events = (await workers.call("late", "wait", promise, 60)) as string[];
    expect(events.toSorted()).toEqual(["promise-timeout", "slept"]);
    expect(await workers.handles("late")).toEqual([]);
    await complete("late", promise, ["late"]);
    expect(await workers.call("late", "await", promise)).toEqual(["late"]);
  });

  test("may have no value, and its wait may be given up", async () => {
    expect(await workers.call("bare", "bare")).toEqual([
      "undefined",
      "undefined",
      "undefined",
      "true",
      "true",
    ]);
    expect(await workers.handles("bare")).toEqual([]);
  });

  test("is refused where it could never come true, and for what does not fit", async () => {
    expect(await workers.call("refusing", "misused-promises")).toEqual([
      "promise-id",
      "promise-id",
      "promise-of-another-worker",
      "promise-value",
      "codec",
      "promise-timeout",
      "no error",
      "promise-in-atomic-region",
      "promise-in-atomic-region",
    ]);
  });
});
