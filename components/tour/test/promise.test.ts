import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

describe.for(halves)("promises, %s:", (half) => {
  test("a worker waits for an answer from outside", async ({ guest, host }) => {
    const { worker, call } = guest(half);
    const promise = await call("ask");
    const answer = call("await-answer", promise);
    await expect.poll(async () => (await worker.metadata()).status).toBe("Suspended");
    await host.workers.completePromise(worker.id, Number(promise), new TextEncoder().encode("yes"));

    expect(await answer).toBe("yes");
  });

  test("another worker answers, once", async ({ guest }) => {
    const { name, call } = guest(half);
    const promise = await call("ask");
    expect(await call("poll-answer", promise)).toBeUndefined();

    expect(await guest(half).call("answer", name, promise, "yes")).toBe(true);
    expect(await guest(half).call("answer", name, promise, "no")).toBe(false);
    expect(await call("poll-answer", promise)).toBe("yes");
  });

  test("a promise that is withdrawn cannot be answered", async ({ guest, host }) => {
    const { worker, call } = guest(half);
    const promise = await call("ask");
    await call("withdraw", promise);

    const answer = host.workers.completePromise(worker.id, Number(promise), new Uint8Array());
    await expect(answer).rejects.toMatchObject({ detail: { type: "PromiseNotFound" } });
  });
});
