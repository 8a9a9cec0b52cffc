import { beforeAll, describe, expect, test } from "vitest";

import { RestHost } from "../rest-host.ts";
import { type Callers, deployCallers } from "./rpc-components.ts";

const host = new RestHost({ shards: 2 });
let components: Callers;
beforeAll(async () => {
  components = await deployCallers(host);
});

const fn = (name: string): string => `it:caller/calls.{${name}}`;

describe.each(["caller", "composed"] as const)("a %s component calls other workers:", (form) => {
  const of = (name: string): string => `${form}-${name}`;
  const worker = (name: string) => components[form].worker(of(name));

  test("makes resources there, uses them in each way, and drops them", async () => {
    const caller = worker("drops");
    expect(await caller.call(fn("drop-three"), of("target-drops"))).toEqual([
      ["counter3", 3],
      ["counter2", 3],
      ["counter1", 3],
    ]);
  });

  test("finds what earlier calls have left there, also after a restart of the server", async () => {
    const caller = worker("counts");
    expect(await caller.call(fn("count"), of("target-counts"))).toBe(1);
    expect(await caller.call(fn("count-kept"), of("target-counts"))).toBe(1);
    await host.restart();
    expect(await caller.call(fn("count"), of("target-counts"))).toBe(2);
    expect(await caller.call(fn("count-kept"), of("target-counts"))).toBe(2);
    expect(
      await components.target.worker(of("target-counts")).call("golem:it/counters.{get-global-value}"),
    ).toBe(2);
  });

  test("hands down its arguments and its environment", async () => {
    await components[form].create(of("context"), ["a", "b", "c"], { TEST_CONFIG: "123" });
    const result = await worker("context").call(fn("surroundings"), of("target-context"));
    const { ok } = result as { readonly ok: readonly [string[], [string, string][]] };
    expect(ok[0]).toEqual(["a", "b", "c"]);
    expect(Object.fromEntries(ok[1])).toEqual({
      TEST_CONFIG: "123",
      GOLEM_WORKER_NAME: of("target-context"),
      GOLEM_COMPONENT_ID: components.target.id,
      GOLEM_COMPONENT_VERSION: "0",
    });
  });

  test("waits for several at once, in the same way when it is replayed", async () => {
    const caller = worker("parallel");
    expect(await caller.call(fn("in-parallel"), of("target-parallel"))).toEqual([3, 3, 3]);
    await caller.crash();
    expect(await caller.call(fn("in-parallel"), of("target-parallel"))).toEqual([3, 3, 3]);
  });

  test("calls without waiting for an answer", async () => {
    await worker("triggers").call(fn("trigger"), of("target-triggers"), 5);
    await expect.poll(() => worker("triggers").call(fn("get"), of("target-triggers"))).toBe(5);
  });

  test("calls later, unless it is cancelled", async () => {
    const caller = worker("schedules");
    await caller.call(fn("schedule"), of("target-schedules"), 100, 60_000, true);
    await caller.call(fn("schedule"), of("target-schedules"), 1, 100, false);
    await expect.poll(() => caller.call(fn("get"), of("target-schedules")), { timeout: 20_000 }).not.toBe(0);
    expect(await caller.call(fn("get"), of("target-schedules"))).toBe(1);
  });

  test("fails when what it calls fails", async () => {
    const { type, details } = await worker("fails").failure(fn("fail"), of("target-fails"), "out of paper");
    expect(type).toBe("RuntimeError");
    expect(details).toContain("out of paper");
    expect((await components.target.worker(of("target-fails")).metadata()).status).toBe("Failed");
  });

  test("fails when there is no such component", async () => {
    const nobody = "fb2f8e32-7b94-4699-b6ec-82bce80ff9f2";
    const { details } = await worker("nobody").failure(fn("call-nobody"), nobody);
    expect(details).toMatch(/component/i);
    expect(details).toContain(nobody);
  });

  test("gets a worker without a past from each call of an ephemeral one, named by its client", async () => {
    const [one, again, other] = (await worker("once").call(fn("once"))) as readonly (readonly [
      string,
      number,
    ])[];
    expect(again?.[0]).toBe(one?.[0]);
    expect(other?.[0]).not.toBe(one?.[0]);
    expect(new Set([one?.[1], again?.[1], other?.[1]]).size).toBe(3);
  });

  test("is read by everybody who reads its oplog", async () => {
    const caller = worker("read");
    await caller.call(fn("count"), of("target-read"));
    const names = (await caller.oplog()).map(({ entry }) => entry["functionName"]);
    expect(names).toContain("golem::rpc::wasm-rpc::invoke-and-await result");
    expect(names).toContain("golem::rpc::wasm-rpc::invoke-and-await idempotency key");
  });
});
