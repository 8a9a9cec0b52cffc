import { expect, onTestFinished } from "vitest";
import { test, type TestWorker } from "../src/index.ts";

/** A call that waits for a promise that nobody completes. */
async function longCall(worker: TestWorker): Promise<{ readonly answer: Promise<unknown> }> {
  const promise = await worker.invoke("kit:tour-exports/raw.{ask}");
  return { answer: worker.invoke("kit:tour-exports/raw.{await-answer}", promise) };
}

/** Rejections that nobody has caught, during this test. */
function unhandled(): readonly unknown[] {
  const reasons: unknown[] = [];
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => reasons.push(reason));
  onTestFinished(() => {
    process.removeAllListeners("unhandledRejection");
    for (const other of others) process.on("unhandledRejection", other);
  });
  return reasons;
}

test("a call that a restart cuts off tells the worker, the function and what to do", async ({
  worker,
  host,
}) => {
  const { answer } = await longCall(worker("kit:tour", "cut-off"));

  await host.restart();

  await expect(answer).rejects.toThrow(
    /before kit:tour\/cut-off answered the call of kit:tour-exports\/raw\.\{await-answer\}\. What to do: .*withKey/,
  );
});

test("a call under a key is answered after a restart", async ({ worker, host }) => {
  const asking = worker("kit:tour");
  const promise = await asking.invoke("kit:tour-exports/raw.{ask}");
  const call = (): Promise<unknown> =>
    asking.withKey("once").invoke("kit:tour-exports/raw.{await-answer}", promise);
  const lost = call();
  await host.restart();
  await expect(lost).rejects.toThrow("The host was closed");
  const answer = call();
  await asking.completePromise(promise, 42);

  expect(await answer).toBe("42");
});

test("a call that nobody waits for is no unhandled rejection when the host is closed", async ({
  worker,
  host,
}) => {
  const reasons = unhandled();
  await longCall(worker("kit:tour"));
  await host.restart();
  // Node tells of them when all that was to be done at once is done.
  await new Promise((resolve) => setImmediate(resolve));

  expect(reasons).toEqual([]);
});

test("a call that fails otherwise while nobody waits for it is one", async ({ worker }) => {
  const reasons = unhandled();
  const failing = worker("kit:tour");
  void failing.invoke("kit:tour-exports/raw.{no-such}");
  await new Promise((resolve) => setImmediate(resolve));

  expect(reasons).toHaveLength(1);
});
