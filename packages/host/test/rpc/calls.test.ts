import { describe, expect, test } from "vitest";

import { failure, Hosted, story } from "../hosted.ts";
import { sharedHost } from "../shared-host.ts";

describe.each([1, 4])("a worker that calls others (%d shards)", (shards) => {
  const hosted = sharedHost(["probe", "caller"], { shards });

  test("waits for their results", async () => {
    expect(await hosted().worker("blocking", "caller").call("add", "callee-1", 2n)).toBe(2n);
    expect(await hosted().worker("blocking", "caller").call("add-twice", "callee-1", 2n)).toEqual(
      BigUint64Array.of(4n, 6n),
    );
  });

  test("waits for many at once", async () => {
    const names = Array.from({ length: 5 }, (_, at) => `many-${at}`);
    expect(await hosted().worker("many", "caller").call("add-everywhere", names, 3n)).toEqual(
      BigUint64Array.from(names, () => 3n),
    );
  });

  test("keeps a call under way from one invocation to the next", async () => {
    const caller = hosted().worker("kept", "caller");
    await caller.call("begin-add", "kept-callee", 2n);
    expect(await caller.call("end-add")).toBe(2n);
  });

  test("does not wait for a function without a result", async () => {
    await hosted().worker("triggering", "caller").call("bump", "triggered", 4n);
    await expect.poll(() => hosted().worker("triggered").call("add", 0n)).toBe(4n);
  });

  test("gets a result that is an error as a value", async () => {
    const caller = hosted().worker("doubling", "caller");
    expect(await caller.call("double", "d", "sku", 2)).toEqual({ tag: "ok", val: 4 });
    expect(await caller.call("double", "d", "sku", 0)).toEqual({ tag: "err", val: "nothing to double" });
  });

  test("makes resources in them, and drops them", async () => {
    const caller = hosted().worker("resources", "caller");
    expect(await caller.call("tally", "tallied", 3, 4)).toEqual(Uint32Array.of(7, 11, 7));
    await expect
      .poll(async () => Object.keys((await hosted().worker("tallied").metadata()).ownedResources))
      .toEqual([]);
  });

  test("keeps a resource in another worker from one invocation to the next", async () => {
    const caller = hosted().worker("keeper", "caller");
    await caller.call("keep-tally", "kept-tally", 3);
    expect(await caller.call("kept-tally", 1)).toBe(4);
    await caller.crash();
    expect(await caller.call("kept-tally", 1)).toBe(5);
    await caller.call("drop-tally");
    await expect
      .poll(async () => Object.keys((await hosted().worker("kept-tally").metadata()).ownedResources))
      .toEqual([]);
  });

  test("gives them its environment when it brings them to life", async () => {
    const { componentId } = hosted().worker("parent", "caller").id;
    await hosted().host.workers.create(componentId, {
      name: "parent",
      args: ["-v"],
      env: { COLOR: "green" },
    });
    const environment = await hosted().worker("parent", "caller").call("environment", "child");
    expect(environment).toContainEqual(["COLOR", "green"]);
    expect(environment).toContainEqual(["GOLEM_WORKER_NAME", "child"]);
    expect((await hosted().worker("child").metadata()).args).toEqual(["-v"]);
  });

  test("may be called by whom it calls, as another worker", async () => {
    expect(await hosted().worker("relay-1", "caller").call("relay", ["relay-2", "relay-3", "relay-4"])).toBe(
      3,
    );
  });

  test("traps with what happened when they fail, and has failed", async () => {
    const caller = hosted().worker("of-a-failure", "caller");
    const text = await failure(caller.call("fail", "failing"));
    expect(text).toContain(
      "RPC invocation of test:probe-exports/api.{fail} failed with: remote-internal-error: error while executing",
    );
    expect(text).toContain("about to fail: on purpose");
    expect(await caller.status()).toBe("Failed");
    expect(story(await hosted().worker("failing").oplog()).filter((type) => type === "Error")).toHaveLength(
      4,
    );
  });

  test("traps when the name cannot be a worker's", async () => {
    expect(await failure(hosted().worker("misnamer", "caller").call("add", "a b", 1n))).toContain(
      "failed with: protocol-error: Invalid worker name: Worker name must not contain whitespaces",
    );
  });

  test("is told when it waits for itself, which would never end", async () => {
    const caller = hosted().worker("narcissus", "caller");
    expect(await failure(caller.call("relay", ["narcissus"]))).toMatch(/narcissus.*waits? for itself/);
  });
});

test("a worker whose callee's component is not there traps and says so", async () => {
  await using hosted = await Hosted.open(["caller"]);
  expect(await failure(hosted.worker("lonely", "caller").call("add", "callee", 1n))).toContain(
    "Failed to resolve component test:probe: no component of this name is deployed",
  );
});
