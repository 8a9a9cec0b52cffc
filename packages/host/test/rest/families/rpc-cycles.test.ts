import { beforeAll, describe, expect, test } from "vitest";

import { type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost({ shards: 2, retryDelays: false });
let callers: RestComponent;
beforeAll(async () => {
  callers = await host.deployFixture("caller");
});

const fn = (name: string): string => `test:caller-exports/api.{${name}}`;
const INTERRUPTED = { type: "RuntimeError", details: "Interrupted via the Golem API" };

/** A worker that waits for another one, which waits for it. */
async function circle(name: string) {
  const [first, second] = [callers.worker(`${name}-1`), callers.worker(`${name}-2`)];
  // The server may be gone before it answers.
  const answer = first.invoke(fn("relay"), [`${name}-2`, `${name}-1`]).catch(() => undefined);
  // Its own call waits for the instance before: the other one's is what waits behind it.
  await first.recorded("ExportedFunctionInvoked", fn("relay"));
  await expect.poll(async () => (await first.metadata()).pendingInvocationCount, { interval: 10 }).toBe(1);
  return { first, second, answer };
}

describe("workers that wait for each other in a circle", () => {
  test("do so until one of them is interrupted, which fails the other", async () => {
    const { first, second, answer } = await circle("interrupted");
    expect([await first.status(), await second.status()]).toEqual(["Running", "Running"]);
    await second.interrupt();
    const details = `RPC invocation of ${fn("relay")} failed with: remote-internal-error: ${INTERRUPTED.details}`;
    expect(await answer).toMatchObject({
      status: 500,
      body: { golemError: { type: "RuntimeError", details } },
    });
    expect([await first.status(), await second.status()]).toEqual(["Failed", "Interrupted"]);
    await second.resume();
    await second.reaches("Failed");
    expect((await second.metadata()).lastError).toContain(details);
  });

  test("do so again after a restart of the server, until one of them is interrupted", async () => {
    const { first, second } = await circle("restarted");
    await host.restart();
    const statuses = async () => [await first.status(), await second.status()];
    await expect.poll(statuses, { interval: 10 }).toEqual(["Running", "Running"]);
    await host.clock.advance(3_600_000);
    expect(await statuses()).toEqual(["Running", "Running"]);
    await first.interrupt();
    await second.reaches("Failed");
    expect(await first.status()).toBe("Interrupted");
  });

  test("take nothing from others, and are gone when they are deleted", async () => {
    const { first, second } = await circle("deleted");
    expect(await callers.worker("other").call(fn("relay"), ["other-1"])).toBe(1);
    await first.delete();
    await second.delete();
    for (const worker of [first, second]) expect((await worker.request("GET", "")).status).toBe(404);
    expect(await first.call(fn("relay"), ["deleted-2"])).toBe(1);
  });
});

describe("a worker that calls itself", () => {
  test("and waits is told that this would never end", async () => {
    const { type, details } = await callers.worker("narcissus").failure(fn("relay"), ["narcissus"]);
    expect(type).toBe("RuntimeError");
    expect(details).toMatch(/narcissus.*waits? for itself/);
  });

  test("and waits for a future of it does so until it is interrupted", async () => {
    const worker = callers.worker("echo");
    const answer = worker.failure(fn("await-self"));
    await worker.recorded("ExportedFunctionInvoked", fn("await-self"));
    await expect.poll(async () => (await worker.metadata()).pendingInvocationCount, { interval: 10 }).toBe(1);
    await worker.interrupt();
    expect(await answer).toEqual(INTERRUPTED);
    expect(await worker.status()).toBe("Interrupted");
  });
});
