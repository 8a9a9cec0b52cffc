import { expect } from "vitest";
import { test, type TestWorker } from "../src/index.ts";

/** Makes a promise. @returns its index */
async function ask(worker: TestWorker): Promise<bigint> {
  return (await worker.invoke("kit:tour-exports/raw.{ask}")) as bigint;
}

const poll = (worker: TestWorker, promise: bigint): Promise<unknown> =>
  worker.invoke("kit:tour-exports/raw.{poll-answer}", promise);

test("a promise is completed by its index, with a value as JSON", async ({ worker }) => {
  const asking = worker("kit:tour");
  const promise = await ask(asking);

  expect(await asking.completePromise(promise, { approved: true })).toBe(true);
  expect(await poll(asking, promise)).toBe('{"approved":true}');
});

test("a promise is completed by the id that the SDK gives, with bytes as they are", async ({ worker }) => {
  const asking = worker("kit:tour");
  const promise = await ask(asking);
  const id = `${asking.id.componentId}/${asking.name}/${promise}`;

  expect(await asking.completePromise(id, new TextEncoder().encode("yes"))).toBe(true);
  expect(await poll(asking, promise)).toBe("yes");
});

test("a worker that waits goes on when its promise is completed", async ({ worker }) => {
  const asking = worker("kit:tour");
  const promise = await ask(asking);
  const answer = asking.invoke("kit:tour-exports/raw.{await-answer}", promise);
  await expect.poll(async () => (await asking.metadata()).status, { timeout: 10_000 }).toBe("Suspended");

  await asking.completePromise(promise, 42);

  expect(await answer).toBe("42");
});

test("a promise is completed once", async ({ worker }) => {
  const asking = worker("kit:tour");
  const promise = await ask(asking);
  await asking.completePromise(promise, "first");

  expect(await asking.completePromise(promise, "second")).toBe(false);
  expect(await poll(asking, promise)).toBe('"first"');
});

test("what is no promise of a worker is told with those that it has made", async ({ worker }) => {
  const asking = worker("kit:tour", "asking");
  const promises = [await ask(asking), await ask(asking)];
  await asking.completePromise(promises[0] ?? 0n, 1);

  await expect(asking.completePromise(10_000, 1)).rejects.toThrow(
    `kit:tour/asking has no promise 10000: up to now it has made ${promises.join(", ")}. It may not have come to that yet.`,
  );
});

test("a worker that has not begun has no promises", async ({ worker }) => {
  await expect(worker("kit:tour", "late").completePromise(3, 1)).rejects.toThrow(
    "kit:tour/late has no promise 3: up to now it has made none.",
  );
});

test.for(["another/worker/7", "-1", "1.5", "", "99999999999999999999"])(
  "%j is refused as a promise of the worker",
  async (id, { worker }) => {
    await expect(worker("kit:tour", "ada").completePromise(id, 1)).rejects.toThrow(
      `"${id}" is no promise of kit:tour/ada`,
    );
  },
);
