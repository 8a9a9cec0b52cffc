import { beforeAll, describe, expect, test } from "vitest";

import { type RestComponent, RestHost } from "../rest-host.ts";
import type { Listener } from "../rest-worker.ts";

const HOUR = 3_600_000;

const host = new RestHost({ suspendAfter: 2 * HOUR });
let probes: RestComponent;
beforeAll(async () => {
  probes = await host.deployFixture("probe");
});

const fn = (name: string): string => `test:probe-exports/api.{${name}}`;

/** Short enough to stay in memory, and over when the clock is moved. */
const SLEEP = HOUR;

/** A worker that has said a line and sleeps before it says it again, and somebody who listens to it. */
async function speaking(name: string) {
  const worker = probes.worker(name);
  await worker.call(fn("say"), "first");
  const listener = worker.listen();
  await listener.says("first");
  const answer = worker.invokeWithKey("k", fn("say-again"), "line", SLEEP).catch(() => undefined);
  await worker.recorded("ImportedFunctionInvoked", "monotonic_clock::subscribe_duration");
  return { worker, listener, answer };
}

/** What was told, when everything was. */
async function told(listener: Listener): Promise<unknown> {
  await expect.poll(() => listener.logs.length + listener.errors.length).toBeGreaterThan(0);
  const { output, errors, logs } = listener;
  return { output, errors, logs };
}

/** A line that was said so often, after the first. */
function said(times: number) {
  const lines = ["first", ...Array<string>(times).fill("line")];
  const text = lines.map((line) => `${line}\n`).join("");
  return { output: text, errors: text, logs: lines.map((line) => `Info probe: ${line}`) };
}

describe("standard output, standard error and log", () => {
  test("are told once, though the worker crashes again and again", async () => {
    const { worker, listener, answer } = await speaking("crashes");
    await worker.crash();
    await worker.crash();
    await host.clock.advance(SLEEP);
    expect(await answer).toMatchObject({ status: 200 });
    await worker.crash();
    await worker.call(fn("say"), "line");
    await expect.poll(() => told(listener)).toEqual(said(3));
  });

  test("are told once to those who begin to listen after a crash", async () => {
    const { worker } = await speaking("later");
    await worker.crash();
    const later = worker.listen();
    await host.clock.advance(SLEEP);
    await expect.poll(() => told(later)).toEqual(said(2));
  });

  test("are told once, though the server is restarted", async () => {
    const { worker } = await speaking("restarted");
    await host.restart();
    const listener = worker.listen();
    await host.clock.advance(SLEEP);
    await expect.poll(() => told(listener)).toEqual(said(2));
    await worker.crash();
    await worker.call(fn("add"), 1);
    expect(await told(listener)).toEqual(said(2));
  });

  test("are told once, though the worker is interrupted and resumed", async () => {
    const { worker } = await speaking("interrupted");
    await worker.interrupt();
    await worker.resume();
    const listener = worker.listen();
    await host.clock.advance(SLEEP);
    await expect.poll(() => told(listener)).toEqual(said(2));
  });

  test("of an attempt that fails are told once, though it is made four times", async () => {
    const worker = probes.worker("fails");
    await worker.failure(fn("fail"), "no more");
    const hearing = worker.listen();
    await expect.poll(() => hearing.errors).toContain("no more");
    expect(hearing.errors.split("about to fail: no more")).toHaveLength(2);
    expect((await worker.metadata()).retryCount).toBe(4);
  });

  test("of an invocation that is reverted and made again are told again", async () => {
    const worker = probes.worker("reverted");
    await worker.call(fn("say"), "first");
    await worker.call(fn("say"), "line");
    await worker.revert({ type: "revertLastInvocations", numberOfInvocations: 1 });
    await worker.call(fn("say"), "line");
    const listener = worker.listen();
    await expect.poll(() => told(listener)).toEqual(said(2));
  });
});
