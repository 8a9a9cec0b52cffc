import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const INTERRUPTED = {
  status: 500,
  body: { golemError: { type: "RuntimeError", details: "Interrupted via the Golem API" } },
};

const DONE = { status: 200, body: {} };

/** A hundred short sleeps. */
const COUNT = "golem:it/sums.{count-slowly}";

const GET = "golem:it/sums.{get}";

describe("interruption", () => {
  const host = new RestHost();
  let rust: RestComponent;
  beforeAll(async () => {
    rust = await host.deploy("golem:it", await foreignComponent("rust-workers"));
  });

  /** A worker that counts in an invocation with the key `k`, and what that is answered. */
  async function counting(name: string, milliseconds: number) {
    const worker = rust.worker(name);
    const answer = worker.invokeWithKey("k", COUNT, milliseconds);
    await worker.recorded("ImportedFunctionInvoked", "monotonic_clock::subscribe_duration");
    expect(await worker.status()).toBe("Running");
    return { worker, answer };
  }

  test("fails the call with Golem's text, and the worker stays Interrupted", async () => {
    const { worker, answer } = await counting("interrupted", 80);
    expect(await worker.interrupt()).toMatchObject(DONE);
    expect(await answer).toMatchObject(INTERRUPTED);
    expect(await worker.status()).toBe("Interrupted");
    expect((await worker.oplog()).at(-1)?.entry.type).toBe("Interrupted");
  });

  test("lasts through a restart of the server", async () => {
    const { worker, answer } = await counting("restarted", 80);
    await worker.interrupt();
    await answer;
    await host.restart();
    expect(await worker.status()).toBe("Interrupted");
  });

  test("ends when the worker is resumed, which finishes the invocation that was cut off", async () => {
    const { worker, answer } = await counting("resumed", 5);
    await worker.interrupt();
    expect(await answer).toMatchObject(INTERRUPTED);
    expect(await worker.resume()).toMatchObject(DONE);
    await worker.reaches("Idle");
    expect(await worker.invokeWithKey("k", COUNT, 5)).toMatchObject({ status: 200 });
  });

  test("does nothing to a worker without work", async () => {
    const worker = rust.worker("idle");
    await worker.call(GET);
    expect(await worker.interrupt()).toMatchObject(DONE);
    expect(await worker.status()).toBe("Idle");
    expect(await worker.call(GET)).toBe(0);
  });

  test("is not undone by resuming a worker that runs", async () => {
    const { worker, answer } = await counting("running", 5);
    expect(await worker.resume()).toMatchObject({
      status: 500,
      body: { golemError: { type: "InvalidRequest" } },
    });
    expect(await answer).toMatchObject({ status: 200 });
  });

  test("of an unknown worker is accepted, resuming it is not", async () => {
    const worker = rust.worker("nobody");
    expect(await worker.interrupt()).toMatchObject(DONE);
    expect(await worker.resume()).toMatchObject({
      status: 404,
      body: { error: `Worker not found: ${rust.id}/nobody` },
    });
  });

  test("as a simulated crash is not seen by the caller, and what was printed is printed once", async () => {
    const { worker, answer } = await counting("crashed", 5);
    expect(await worker.crash()).toMatchObject(DONE);
    expect(await answer).toMatchObject({ status: 200, body: { result: { value: [100] } } });
    expect(await worker.output()).toEqual(["Starting to count\n", "50 steps\n", "100 steps\n"]);
    expect(await worker.status()).toBe("Idle");
  });
});
