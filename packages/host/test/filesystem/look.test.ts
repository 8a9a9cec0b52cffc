import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { failure, Hosted, type HostedWorker } from "../hosted.ts";

describe("the files of a worker can be looked at from outside", () => {
  let hosted: Hosted;

  beforeAll(async () => {
    hosted = await Hosted.open(["probe"], { maxIdleInstances: 1, suspendAfter: 60_000 });
  }, 120_000);

  afterAll(() => hosted[Symbol.asyncDispose]());

  const look = (worker: HostedWorker): Promise<string> => failure(hosted.host.workers.files(worker.id, "/"));
  const NOTHING = "resolved: ";

  test("while it is idle, with or without an instance", async () => {
    const [one, other] = [hosted.worker("one"), hosted.worker("other")];
    await one.call("add", 1n);
    await other.call("add", 1n);
    expect([await look(one), await look(other), await look(one)]).toEqual([NOTHING, NOTHING, NOTHING]);
    expect(await one.call("add", 1n)).toBe(2n);
  });

  test("in the middle of an invocation, also while that is recovered", async () => {
    const worker = hosted.worker("sleeper");
    await worker.trigger("sleep", 30_000);
    expect(await look(worker)).toBe(NOTHING);
    await worker.crash();
    expect(await look(worker)).toBe(NOTHING);
    expect(await worker.status()).toBe("Running");
    await hosted.host.workers.delete(worker.id);
  });

  test("while it is suspended, which it stays", async () => {
    const worker = hosted.worker("suspended");
    await worker.trigger("sleep", 600_000);
    expect(await look(worker)).toBe(NOTHING);
    expect(await look(worker)).toBe(NOTHING);
    await expect.poll(() => worker.status()).toBe("Suspended");
  });

  test("but not while it is interrupted, or over", async () => {
    const interrupted = hosted.worker("interrupted");
    await interrupted.trigger("sleep", 30_000);
    await interrupted.interrupt();
    expect(await look(interrupted)).toMatch(/^Interrupted: /);
    expect(await interrupted.status()).toBe("Interrupted");
    const exited = hosted.worker("exited");
    await failure(exited.call("leave"));
    expect(await look(exited)).toMatch(/^PreviousInvocationExited: /);
  });
});
