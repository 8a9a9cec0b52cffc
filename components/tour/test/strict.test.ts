import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

test.override("hostOptions", { strict: "golem-1.2", retryDelays: false });

describe.for(halves)("on Golem 1.2, %s:", (half) => {
  test("a worker that awaited a promise and withdrew it never comes back", async ({ guest, host }) => {
    const { worker, call } = guest(half);
    const promise = await call("ask");
    await host.workers.completePromise(worker.id, Number(promise), new TextEncoder().encode("yes"));
    expect(await call("await-answer", promise)).toBe("yes");
    await call("withdraw", promise);
    await worker.crash();

    await expect(call("time")).rejects.toThrow("FailedToResumeWorker");
  });

  test("a worker that withdrew a promise which it only looked at comes back", async ({ guest }) => {
    const { name, worker, call } = guest(half);
    const promise = await call("ask");
    await guest(half).call("answer", name, promise, "yes");
    expect(await call("poll-answer", promise)).toBe("yes");
    await call("withdraw", promise);
    await worker.crash();

    expect(await call("time")).toBeGreaterThan(0n);
  });

  test("what another worker answers wakes nobody, but the next call does", async ({ guest, host }) => {
    const { name, worker, call } = guest(half);
    const promise = await call("ask");
    const answer = call("await-answer", promise);
    await expect.poll(async () => (await worker.metadata()).status).toBe("Suspended");

    expect(await guest(half).call("answer", name, promise, "yes")).toBe(true);
    await host.simulation.settled();
    expect((await worker.metadata()).status).toBe("Suspended");

    await call("time");
    expect(await answer).toBe("yes");
  });

  test("an answer from outside wakes at once", async ({ guest, host }) => {
    const { worker, call } = guest(half);
    const promise = await call("ask");
    const answer = call("await-answer", promise);
    await expect.poll(async () => (await worker.metadata()).status).toBe("Suspended");
    await host.workers.completePromise(worker.id, Number(promise), new TextEncoder().encode("yes"));

    expect(await answer).toBe("yes");
  });

  test("a worker goes back to a mark once, and fails for good the second time", async ({ guest }) => {
    const [once, twice] = [guest(half), guest(half)];

    expect(await once.call("go-back", once.name, 2)).toBe(2);
    await expect(twice.call("go-back", twice.name, 3)).rejects.toThrow(
      "Attempted to jump to a deleted region in oplog",
    );
    expect((await twice.worker.metadata()).status).toBe("Failed");
  });

  test("TCP and UDP are denied, HTTP and the lookup of names are not", async ({ guest, neighbours }) => {
    await expect(guest(half).call("tcp", neighbours.tcpPort, "hello")).rejects.toThrow("access-denied");
    await expect(guest(half).call("udp", neighbours.udpPort, "hello")).rejects.toThrow("access-denied");

    const answer = await guest(half).call("http", neighbours.httpAuthority, "/letters", "Dear Ada");
    expect(answer).toMatchObject({ status: 201 });
    expect(await guest(half).call("lookup", "localhost")).not.toEqual([]);
  });

  test.for([
    ["update", 1n],
    ["update-by-snapshot", 1n],
    ["fork", "twin", 2n],
    ["revert", 1n],
  ] as const)("no worker can %s another one", async ([name, ...values], { guest }) => {
    const [asker, other] = [guest(half), guest(half)];
    await other.worker.invoke("note", "before");

    await expect(asker.call(name, other.name, ...values)).rejects.toThrow("Connection refused");
    expect((await asker.worker.metadata()).status).toBe("Failed");
  });
});
