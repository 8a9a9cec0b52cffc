import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const EMPTY = { status: 200, body: {} };

const ECHO = "golem:it/values.{echo}";
const SLEEP = "golem:it/sums.{count-slowly}";

/** The environment that a Rust program sees, in its order. */
async function environment(component: RestComponent, name: string): Promise<unknown> {
  const read = await component.worker(name).call("golem:it/surroundings.{get-environment}");
  return (read as { readonly ok: unknown }).ok;
}

/** What the host has told its owner, and nobody else. */
const internalErrors: unknown[] = [];

const host = new RestHost({}, { onInternalError: (error) => internalErrors.push(error) });

describe("a worker", () => {
  let scenarios: Uint8Array;
  let program: Uint8Array;
  let component: RestComponent;
  beforeAll(async () => {
    scenarios = await foreignComponent("rust-scenarios");
    program = await foreignComponent("rust-workers");
    component = await host.deploy("it:surroundings", scenarios);
  });

  const own = (worker: string, { id } = component, version = "0") => [
    ["GOLEM_WORKER_NAME", worker],
    ["GOLEM_COMPONENT_ID", id],
    ["GOLEM_COMPONENT_VERSION", version],
  ];

  test("comes to be with its first invocation, without arguments and with Golem's three variables", async () => {
    expect(await component.worker("dynamic").call("golem:it/surroundings.{get-arguments}")).toEqual({
      ok: [],
    });
    expect(await environment(component, "dynamic")).toEqual(own("dynamic"));
  });

  test("gets the arguments and the environment that it was created with, of the latest version", async () => {
    const latest = await host.deploy("it:arguments", scenarios);
    expect(await latest.newVersion(scenarios)).toBe(1);
    const env = { TEST_ENV_VAR_1: "value_1", TEST_ENV_VAR_2: "value_2" };
    expect(await latest.create("created", ["test-arg"], env)).toMatchObject({
      status: 200,
      body: { workerId: { componentId: latest.id, workerName: "created" }, componentVersion: 1 },
    });
    expect(await latest.worker("created").call("golem:it/surroundings.{get-arguments}")).toEqual({
      ok: ["test-arg"],
    });
    expect(await environment(latest, "created")).toEqual([
      ...Object.entries(env),
      ...own("created", latest, "1"),
    ]);
    expect(await latest.worker("created").metadata()).toMatchObject({ args: ["test-arg"], env });
  });

  test("sees its component's environment behind its own, which goes first", async () => {
    const env = JSON.stringify({ keyValues: { FOO: "bar", BAR: "far" } });
    const configured = await host.deploy("it:configured", scenarios, { env });
    expect(await environment(configured, "plain")).toEqual(
      expect.arrayContaining([["FOO", "bar"], ["BAR", "far"], ...own("plain", configured)]),
    );
    await configured.create("preferring", [], { FOO: "baz" });
    expect(await environment(configured, "preferring")).toEqual([
      ["FOO", "baz"],
      ["BAR", "far"],
      ...own("preferring", configured),
    ]);
    expect((await configured.worker("preferring").metadata()).env).toEqual({ FOO: "baz", BAR: "far" });
  });

  test("cannot be created twice", async () => {
    await component.create("twin", [], {});
    const workerId = { componentId: component.id, workerName: "twin" };
    expect(await component.create("twin", [], {})).toMatchObject({
      status: 500,
      body: { golemError: { type: "WorkerAlreadyExists", workerId } },
    });
  });

  test("tells how it is while it sleeps and when it has slept", async () => {
    const sleepers = await host.deploy("it:sleepers", program);
    const worker = sleepers.worker("asleep");
    const { "oplog-idx": index } = (await worker.call("golem:it/promises.{create}")) as {
      readonly "oplog-idx": number;
    };
    const promise = { "worker-id": sleepers.workerIdValue("asleep"), "oplog-idx": index };
    const slept = worker.call("golem:it/promises.{await}", promise);
    await worker.reaches("Suspended");
    expect(await worker.metadata()).toMatchObject({
      workerId: { componentId: sleepers.id, workerName: "asleep" },
      status: "Suspended",
      componentVersion: 0,
    });
    await worker.complete(index, [1]);
    expect(await slept).toEqual([1]);
    expect(await worker.call(SLEEP, 0)).toBe(100);
    expect(await worker.metadata()).toMatchObject({
      status: "Idle",
      componentSize: program.length,
      retryCount: 0,
      pendingInvocationCount: 0,
      lastError: null,
    });
    // Rust's 17 pages, and two more that the adapter takes.
    expect((await worker.metadata()).totalLinearMemorySize).toBe(19 * 65_536);
  });

  test("is gone when it was deleted, and another of its name begins anew", async () => {
    const worker = component.worker("deleted");
    await worker.call("golem:it/counters.{inc-global-by}", 5);
    expect((await component.list({ filter: "name = deleted" })).workers).toHaveLength(1);
    expect(await worker.delete()).toMatchObject(EMPTY);
    expect(await worker.request("GET", "")).toMatchObject({
      status: 404,
      body: { error: `Worker not found: ${component.id}/deleted` },
    });
    expect((await component.list({ filter: "name = deleted" })).workers).toEqual([]);
    expect(await worker.call("golem:it/counters.{get-global-value}")).toBe(0);
    await worker.delete();
    expect(await component.create("deleted", [], {})).toMatchObject({ status: 200 });
    expect(await worker.call("golem:it/counters.{get-global-value}")).toBe(0);
  });

  test("forgets what it had to do when it is deleted in the middle of it", async () => {
    const sleepers = await host.deploy("it:deleted-busy", program);
    const worker = sleepers.worker("busy");
    for (let call = 0; call < 5; call += 1) await worker.trigger(SLEEP, 50);
    await worker.recorded("ExportedFunctionInvoked", SLEEP);
    expect(await worker.delete()).toMatchObject(EMPTY);
    expect(await worker.call(SLEEP, 1)).toBe(100);
    expect(await worker.metadata()).toMatchObject({ status: "Idle", pendingInvocationCount: 0 });
  });

  test("is invoked while it is deleted again and again, and every call is answered", async () => {
    const worker = component.worker("contested");
    const deletions = (async () => {
      for (let deletion = 0; deletion < 10; deletion += 1) await worker.delete();
    })();
    const calls = Array.from({ length: 30 }, () => worker.invoke("golem:it/counters.{inc-global-by}", 1));
    for (const { status, body } of await Promise.all(calls)) {
      if (status === 200) continue;
      expect({ status, body }).toMatchObject({
        status: 500,
        body: { golemError: { type: "RuntimeError", details: "Interrupted via the Golem API" } },
      });
    }
    await deletions;
    await worker.delete();
    await worker.call("golem:it/counters.{inc-global-by}", 1);
    expect(await worker.call("golem:it/counters.{get-global-value}")).toBe(1);
  });

  test("keeps its version when the component becomes something else", async () => {
    const changing = await host.deploy("it:changing", scenarios);
    await changing.worker("old").call("golem:it/counters.{inc-global-by}", 7);
    await changing.newVersion(program);
    expect(await changing.worker("new").call(ECHO, "Hello")).toBe("Hello");
    await host.restart();
    expect(await changing.worker("old").call("golem:it/counters.{get-global-value}")).toBe(7);
    expect((await changing.worker("old").metadata()).componentVersion).toBe(0);
    await changing.worker("old").delete();
    expect(await changing.worker("old").call(ECHO, "Hello")).toBe("Hello");
  });

  test("is not made of what is no component", async () => {
    for (const wasm of [new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]), new TextEncoder().encode("no wasm")]) {
      const form = { name: "it:old", component: wasm };
      expect(await host.post("/v1/components", form)).toMatchObject({
        status: 400,
        body: { errors: [expect.stringMatching(/^Parsing error: /)] },
      });
    }
  });

  test("does not run a component whose file was damaged, and says which", async () => {
    // Another custom section, so that it is nobody else's file.
    const unique = Buffer.concat([program, Buffer.from([0, 3, 1, 0x41, 0x42])]);
    const damaged = await host.deploy("it:damaged", unique);
    await damaged.create("there", [], {});
    const file = `components/${createHash("sha256").update(unique).digest("hex")}.wasm`;
    await host.stop();
    await writeFile(join(host.dataDir, file), Buffer.concat([Buffer.from([1, 2, 3, 4]), unique.subarray(4)]));
    await host.start();
    for (const name of ["there", "new"])
      expect(await damaged.worker(name).failure(ECHO, "Hello")).toEqual({
        type: "ComponentParseFailed",
        componentId: damaged.id,
        reason: expect.stringMatching(`^Cannot use ${file}: `),
      });
    expect(internalErrors.map(String)).toEqual(
      Array(2).fill(expect.stringContaining(join(host.dataDir, file))),
    );
    expect(await damaged.worker("there").request("GET", "")).toMatchObject({ status: 200 });
    expect(await component.worker("other").call("run")).toBe("done");
  });

  test("can be found by a worker, by the name of its component", async () => {
    const workers = await host.deploy("it:finders", program);
    const target = await host.deploy("it:resolve-target", program);
    await target.create("there", [], {});
    const resolve = (name: string) =>
      workers.worker("finder").call("golem:it/workers.{resolve}", "it:resolve-target", name);
    const component = { uuid: expect.any(Object) };
    const worker = (name: string) => ({ "component-id": component, "worker-name": name });
    expect(await resolve("there")).toEqual([component, worker("there"), worker("there")]);
    expect(await resolve("missing")).toEqual([component, worker("missing"), null]);
    expect(await workers.worker("finder").call("golem:it/workers.{resolve}", "it:unknown", "there")).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe("workers are enumerated", () => {
  const names = Array.from({ length: 10 }, (_, at) => `test-worker-${at}`);
  let component: RestComponent;
  beforeAll(async () => {
    component = await host.deploy("it:enumerated", await foreignComponent("rust-workers"));
    for (const name of names)
      await component.create(name, [], { COLOUR: name.endsWith("3") ? "red" : "blue" });
    await component.worker("test-worker-0").call(ECHO, "Hello");
  });

  const found = async (filter: readonly string[]): Promise<readonly string[]> =>
    (await component.list({ filter, precise: true })).workers
      .map(({ workerId }) => workerId.workerName)
      .toSorted();

  test.each([
    [["name = test-worker-3"], ["test-worker-3"]],
    [["name like test"], names],
    [["name != test-worker-0", "name notlike 1", "version = 0"], names.filter((name) => !/[01]$/.test(name))],
    [["status = Idle"], names],
    [["status = Running"], []],
    [["version >= 1"], []],
    [["env.COLOUR = red"], ["test-worker-3"]],
    [["createdAt > 2024-01-01T00:00:00Z"], names],
  ])("by %j", async (filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  test("by a tree of conditions", async () => {
    const name = (value: string) => ({ type: "Name", comparator: "Like", value });
    const status = (value: string) => ({ type: "Status", comparator: "Equal", value });
    const requestBody = {
      filter: {
        type: "And",
        filters: [
          name("test"),
          { type: "Or", filters: [status("Idle"), status("Running")] },
          { type: "Not", filter: name("7") },
        ],
      },
      count: 20,
      precise: true,
    };
    const answer = await host.request("POST", `${component.path}/workers/find`, { requestBody });
    expect(answer).toMatchObject({ status: 200, body: { cursor: null } });
    expect((answer.body as { readonly workers: readonly unknown[] }).workers).toHaveLength(9);
  });

  test("page by page, each once", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await component.list({ count: 3, ...(cursor !== undefined && { cursor }) });
      expect(page.workers.length).toBeGreaterThan(0);
      seen.push(...page.workers.map(({ workerId }) => workerId.workerName));
      cursor = page.cursor === null ? undefined : `${page.cursor.layer}/${page.cursor.cursor}`;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(names);
  });

  test("by one of them, which knows itself and others", async () => {
    const asking = component.worker("test-worker-5");
    const filter = { filters: [{ filters: [{ name: { comparator: "equal", value: "test-worker-3" } }] }] };
    const listed = (given: unknown) =>
      asking.call("golem:it/workers.{get-workers}", component.componentIdValue, given, true);
    expect(await listed(null)).toHaveLength(names.length);
    expect(await listed(filter)).toMatchObject([{ "worker-id": { "worker-name": "test-worker-3" } }]);
    expect(await asking.call("golem:it/workers.{get-self-metadata}")).toMatchObject({
      "worker-id": { "worker-name": "test-worker-5" },
      env: [["COLOUR", "blue"]],
    });
    const metadata = (name: string) =>
      asking.call("golem:it/workers.{get-worker-metadata}", component.workerIdValue(name));
    expect(await metadata("test-worker-3")).toMatchObject({
      "worker-id": { "worker-name": "test-worker-3" },
      env: [["COLOUR", "red"]],
    });
    expect(await metadata("nobody")).toBeNull();
  });
});
