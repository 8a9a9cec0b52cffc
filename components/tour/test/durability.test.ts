import { describe, expect } from "vitest";

import { halves, test } from "./halves.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe.for(halves)("durability, %s:", (half) => {
  test("an idempotency key is the same after a crash, and another one each time", async ({ guest }) => {
    const { worker, call } = guest(half);
    const invocation = worker.withKey("once");
    const key = await invocation.invoke(`kit:tour-exports/${half}.{idempotency-key}`);
    await worker.crash();

    expect(key).toMatch(UUID);
    expect(await invocation.invoke(`kit:tour-exports/${half}.{idempotency-key}`)).toBe(key);
    expect(await call("idempotency-key")).not.toBe(key);
  });

  test("an atomic region does both or none", async ({ guest }) => {
    const { name, call } = guest(half);

    expect(await call("atomic-region", name, 3)).toEqual({ shelf: 7, sold: 3 });
    expect(await call("atomic-region", name, 2)).toEqual({ shelf: 5, sold: 5 });
  });

  test("a retry policy says how often a failed region is tried", async ({ guest }) => {
    const { name, call } = guest(half);

    expect(await call("retry-policy", name, 4)).toBe(5);
  });

  test("a saga takes back what it has done when a later step fails", async ({ guest }) => {
    const { name, call } = guest(half);

    expect(await call("saga", name, 3, false)).toEqual({ shelf: 10, sold: 0 });
    expect(await call("saga", name, 3, true)).toEqual({ shelf: 7, sold: 3 });
  });

  test("a persistence level holds for a part of the program", async ({ guest }) => {
    expect(await guest(half).call("persistence-level")).toEqual(["smart", "persist-nothing", "smart"]);
  });

  test("idempotence mode is off for a part of the program", async ({ guest }) => {
    expect(await guest(half).call("idempotence-mode")).toEqual([true, false, true]);
  });

  test("what a function of one's own has given is recorded, and what it does is done once", async ({
    guest,
  }) => {
    const { worker, call } = guest(half);
    expect(await call("durable-function", "hello")).toBe("HELLO");
    await worker.crash();
    expect(await call("durable-function", "bye")).toBe("BYE");

    const lines = (await worker.oplog()).flatMap(({ entry }) =>
      entry.type === "Log" ? entry["message"] : [],
    );
    expect(lines).toEqual(["shouting hello", "shouting bye"]);
  });
});
