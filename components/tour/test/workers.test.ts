import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

describe.for(halves)("workers, %s:", (half) => {
  test("a worker knows itself", async ({ guest }) => {
    const { name, call } = guest(half);

    expect(await call("self")).toMatchObject({ name, status: "running" });
  });

  test("a worker knows others, and those that are not there", async ({ guest }) => {
    const other = guest(half);
    await other.call("log", "here I am");

    expect(await guest(half).call("metadata", other.name)).toMatchObject({
      name: other.name,
      status: "idle",
    });
    expect(await guest(half).call("metadata", "nobody")).toBeUndefined();
  });

  test("what a worker learned of others it knows after a crash, whatever became of them", async ({
    guest,
  }) => {
    const [asker, other] = [guest(half), guest(half)];
    await asker.call("metadata", other.name);
    await other.call("log", "here I am");
    await asker.worker.crash();

    expect(await asker.call("metadata", other.name)).toMatchObject({ name: other.name, status: "idle" });
  });
  test("names of components and workers are resolved", async ({ guest }) => {
    const { name, call } = guest(half);

    expect(await call("resolve", "kit:tour", name)).toEqual([true, true, true]);
    expect(await call("resolve", "kit:tour", "nobody")).toEqual([true, true, false]);
    expect(await call("resolve", "kit:nothing", name)).toEqual([false, false, false]);
  });

  test("a fork has the past of its source, and a future of its own", async ({ guest }) => {
    const [{ worker }, { worker: twin }] = [guest(half), guest(half)];
    await worker.invoke("note", "before");
    const { length } = await worker.oplog();
    await worker.invoke("note", "after");
    await guest(half).call("fork", worker.name, twin.name, BigInt(length));

    await twin.invoke("note", "elsewhere");
    expect(await worker.invoke("notes")).toEqual(["before", "after"]);
    expect(await twin.invoke("notes")).toEqual(["before", "elsewhere"]);
  });

  test("a reverted worker has forgotten its last invocations", async ({ guest }) => {
    const { worker } = guest(half);
    for (const text of ["first", "second", "third"]) await worker.invoke("note", text);

    await guest(half).call("revert", worker.name, 2n);
    expect(await worker.invoke("notes")).toEqual(["first"]);
  });

  test.for([
    ["update", "is replayed on the new version", "Automatic"],
    ["update-by-snapshot", "gives the new version what it has saved", "SnapshotBased"],
  ] as const)("%s: a worker %s", async ([update, , description], { guest, newVersion }) => {
    const { worker } = guest(half);
    await worker.invoke("note", "from the old version");
    const version = await newVersion();

    await guest(half).call(update, worker.name, version);
    await expect.poll(async () => (await worker.metadata()).componentVersion).toBe(Number(version));
    expect(await worker.invoke("notes")).toEqual(["from the old version"]);
    const asked = (await worker.oplog()).find(({ entry }) => entry.type === "PendingUpdate");
    expect(asked?.entry["description"]).toMatchObject({ type: description });
  });

  test("a list of workers is the same after a crash", async ({ guest }) => {
    const [asker, other] = [guest(half), guest(half)];
    await asker.call("workers", other.name);
    await other.call("commit");
    await asker.worker.crash();

    expect(await asker.call("workers", other.name)).toEqual([other.name]);
  });

  test("workers are found by their names", async ({ guest }) => {
    const prefix = `${half}-found`;
    for (const name of [`${prefix}-a`, `${prefix}-b`]) await guest(half, name).call("commit");

    const found = (await guest(half).call("workers", prefix)) as readonly string[];
    expect(found.toSorted()).toEqual([`${prefix}-a`, `${prefix}-b`]);
  });
});
