import { describe, expect, test } from "vitest";

import { RestHost } from "../rest-host.ts";
import { fn, UpdatePrograms } from "./update-programs.ts";

const INTERRUPTED = {
  status: 500,
  body: { golemError: { type: "RuntimeError", details: "Interrupted via the Golem API" } },
};

const DONE = { status: 200, body: {} };

const SUM = { status: 200, body: { result: { value: [300] } } };

describe("interruption", () => {
  const host = new RestHost();
  const programs = new UpdatePrograms(host);

  /** A worker in the middle of an invocation with the key `k`, which goes on, in short sleeps, until `open` is called. */
  async function running() {
    const component = await programs.deploy(1);
    const worker = component.worker("running");
    const gate = (await worker.call(fn("create-gate"))) as number;
    const invoke = () => worker.invokeWithKey("k", fn("f1"), gate);
    const answer = invoke();
    await worker.recorded("ImportedFunctionInvoked", "golem::api::poll_promise");
    expect(await worker.status()).toBe("Running");
    return { worker, answer, invoke, open: () => worker.complete(gate, [1]) };
  }

  test("fails the call with Golem's text, and the worker stays Interrupted", async () => {
    const { worker, answer } = await running();
    expect(await worker.interrupt()).toMatchObject(DONE);
    expect(await answer).toMatchObject(INTERRUPTED);
    expect(await worker.status()).toBe("Interrupted");
    expect((await worker.oplog()).at(-1)?.entry.type).toBe("Interrupted");
  });

  test("lasts through a restart of the server", async () => {
    const { worker, answer } = await running();
    await worker.interrupt();
    await answer;
    await host.restart();
    expect(await worker.status()).toBe("Interrupted");
  });

  test("ends when the worker is resumed, which finishes the invocation that was cut off", async () => {
    const { worker, answer, invoke, open } = await running();
    await worker.interrupt();
    expect(await answer).toMatchObject(INTERRUPTED);
    expect(await worker.resume()).toMatchObject(DONE);
    expect(await worker.status()).toBe("Running");
    await open();
    await worker.reaches("Idle");
    expect(await invoke()).toMatchObject(SUM);
  });

  test("does nothing to a worker without work", async () => {
    const worker = (await programs.deploy(1)).worker("idle");
    expect(await worker.call(fn("f3"))).toBe(3);
    expect(await worker.interrupt()).toMatchObject(DONE);
    expect(await worker.status()).toBe("Idle");
    expect(await worker.call(fn("f3"))).toBe(3);
  });

  test("is not undone by resuming a worker that runs", async () => {
    const { worker, answer, open } = await running();
    expect(await worker.resume()).toMatchObject({
      status: 500,
      body: { golemError: { type: "InvalidRequest" } },
    });
    await open();
    expect(await answer).toMatchObject(SUM);
  });

  test("ends a program that never waits, and the workers beside it go on", async () => {
    const probes = await host.deployFixture("probe");
    const [endless, neighbour] = [probes.worker("endless"), probes.worker("neighbour")];
    await endless.call("test:probe-exports/api.{add}", 1);
    await neighbour.call("test:probe-exports/api.{add}", 1);
    await endless.trigger("test:probe-exports/api.{busy}", 2 ** 32 - 1);
    const other = neighbour.call("test:probe-exports/api.{add}", 1);
    expect(await endless.interrupt()).toMatchObject(DONE);
    expect(await other).toBe(2);
    expect(await endless.status()).toBe("Interrupted");
  });

  test("of an unknown worker is accepted, resuming it is not", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("nobody");
    expect(await worker.interrupt()).toMatchObject(DONE);
    expect(await worker.resume()).toMatchObject({
      status: 404,
      body: { error: `Worker not found: ${component.id}/nobody` },
    });
  });

  test("as a simulated crash is not seen by the caller, and what was printed is printed once", async () => {
    const { worker, answer, open } = await running();
    expect(await worker.crash()).toMatchObject(DONE);
    await open();
    expect(await answer).toMatchObject(SUM);
    expect(await worker.output()).toEqual(["Waiting at the gate\n", "Through the gate\n"]);
    expect(await worker.status()).toBe("Idle");
  });
});
