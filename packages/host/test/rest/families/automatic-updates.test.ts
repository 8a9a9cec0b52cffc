import { zipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";
import { fn, outcomes, summed, UpdatePrograms, waiting } from "./update-programs.ts";

const ACCEPTED = { status: 200, body: {} };

function refused(details: string) {
  return { status: 500, body: { golemError: { type: "InvalidRequest", details } } };
}

const host = new RestHost();
const programs = new UpdatePrograms(host);

describe("an update by replay", () => {
  test("of an idle worker without a past succeeds", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("new");
    expect(await component.create("new", [], {})).toMatchObject({ body: { componentVersion: 0 } });
    expect(await worker.update("Automatic", await component.newVersion(programs.program(2)))).toMatchObject(
      ACCEPTED,
    );
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1"]);
    expect((await worker.oplog()).map(({ entry }) => entry.type)).toEqual([
      "Create",
      "PendingUpdate",
      "SuccessfulUpdate",
    ]);
    expect(await worker.call(fn("f2"))).toBe(0);
    expect(await worker.metadata()).toMatchObject({
      componentVersion: 1,
      updates: [{ type: "successfulUpdate", targetVersion: 1, timestamp: expect.any(String) }],
    });
  });

  test("succeeds if both versions did the same so far, and new functions can be called", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("agreeing");
    for (let call = 0; call < 2; call += 1) expect(await worker.call(fn("f3"))).toBe(3);
    expect(await worker.failure(fn("f4"))).toMatchObject({ type: "InvalidRequest" });
    await worker.update("Automatic", await component.newVersion(programs.program(2)));
    expect(await worker.call(fn("f4"))).toBe(11);
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1"]);
  });

  test("fails if the new version would have returned something else, and the old one goes on", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("diverging");
    expect(await summed(worker)).toBe(300);
    expect(await worker.update("Automatic", await component.newVersion(programs.program(2)))).toMatchObject(
      ACCEPTED,
    );
    expect(await worker.call(fn("f2"))).toBeGreaterThan(300);
    expect(await worker.metadata()).toMatchObject({
      componentVersion: 0,
      status: "Idle",
      updates: [{ type: "failedUpdate", targetVersion: 1, details: expect.any(String) }],
    });
  });

  test("of a worker in an invocation finishes that with the new code", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("running");
    const { result, open } = await waiting(worker);
    expect(await worker.update("Automatic", await component.newVersion(programs.program(2)))).toMatchObject(
      ACCEPTED,
    );
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.status()).toBe("Running");
    await open();
    expect(await result).toBe(150);
    expect(await worker.metadata()).toMatchObject({ componentVersion: 1, pendingInvocationCount: 0 });
  });

  test("of a worker in an invocation fails for what was before, and the old code finishes it", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("running-diverging");
    await worker.call(fn("f2"));
    const { result, open } = await waiting(worker);
    await worker.update("Automatic", await component.newVersion(programs.program(2)));
    expect(await outcomes(worker)).toEqual(["failedUpdate 1"]);
    await open();
    expect(await result).toBe(300);
    expect((await worker.metadata()).componentVersion).toBe(0);
  });

  test("of a failed worker tries what failed again, with the new code", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("failed");
    expect(await worker.invokeWithKey("k", fn("fragile"))).toMatchObject({
      status: 500,
      body: { golemError: { type: "RuntimeError" } },
    });
    expect(await worker.status()).toBe("Failed");
    await worker.update("Automatic", await component.newVersion(programs.program(2)));
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.invokeWithKey("k", fn("fragile"))).toMatchObject({
      body: { result: { value: [6] } },
    });
    expect(await worker.metadata()).toMatchObject({ status: "Idle", lastError: null });
  });

  test("to a version that is missing is accepted, and fails", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("missing");
    await component.create("missing", [], {});
    await worker.update("Automatic", await component.newVersion(programs.program(2)));
    expect(await worker.call(fn("f2"))).toBe(0);
    expect(await worker.update("Automatic", 2)).toMatchObject(ACCEPTED);
    expect(await worker.call(fn("f2"))).toBe(0);
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1", "failedUpdate 2"]);
    expect((await worker.metadata()).componentVersion).toBe(1);
  });

  test("to the version that the worker has, or of an ephemeral worker, is refused", async () => {
    const component = await programs.deploy(1);
    await component.create("same", [], {});
    expect(await component.worker("same").update("Automatic", 0)).toMatchObject(
      refused("Worker is already at the target version"),
    );
    const ephemeral = await programs.deploy(1, { componentType: "Ephemeral" });
    await ephemeral.worker("ephemeral").call(fn("f3"));
    expect(await ephemeral.worker("ephemeral").update("Automatic", 1)).toMatchObject(
      refused("Ephemeral workers cannot be updated"),
    );
  });
});

describe("what an update changes", () => {
  let workers: RestComponent;
  let scenarios: Uint8Array;
  beforeAll(async () => {
    scenarios = await foreignComponent("rust-scenarios");
    workers = await host.deploy("it:workers", await foreignComponent("rust-workers"));
  });

  const environment = async (component: RestComponent, name: string) => {
    const read = (await component.worker(name).call("golem:it/surroundings.{get-environment}")) as {
      readonly ok: readonly (readonly [string, string])[];
    };
    return Object.fromEntries(read.ok);
  };

  test("is the environment, to which the new version adds", async () => {
    const env = (keyValues: object) => ({ env: JSON.stringify({ keyValues }) });
    const component = await host.deploy("it:environment", scenarios, env({ FOO: "bar" }));
    await component.create("kept", [], {});
    await component.create("own", [], { FOO: "mine" });
    expect((await component.worker("kept").metadata()).env).toEqual({ FOO: "bar" });
    expect((await component.worker("own").metadata()).env).toEqual({ FOO: "mine" });
    const target = await component.newVersion(scenarios, env({ BAR: "baz" }));
    await component.worker("kept").update("Automatic", target);
    expect(await environment(component, "kept")).toEqual({
      FOO: "bar",
      BAR: "baz",
      GOLEM_WORKER_NAME: "kept",
      GOLEM_COMPONENT_ID: component.id,
      GOLEM_COMPONENT_VERSION: "1",
    });
    expect(await environment(component, "own")).toMatchObject({ FOO: "mine", GOLEM_COMPONENT_VERSION: "0" });
    expect(await environment(component, "new")).not.toHaveProperty("FOO");
  });

  test("is the initial files, to which the new version adds; what the worker has written stays", async () => {
    const files = (contents: Readonly<Record<string, string>>) => ({
      files: zipSync(
        Object.fromEntries(
          Object.entries(contents).map(([path, text]) => [path, new TextEncoder().encode(text)]),
        ),
      ),
      filesPermissions: JSON.stringify({
        values: Object.keys(contents).map((path) => ({
          path: `/${path}`,
          permissions: path === "foo.txt" ? "read-only" : "read-write",
        })),
      }),
    });
    const first = { "foo.txt": "foo\n", "bar/baz.txt": "baz\n" };
    const component = await host.deploy("it:files", scenarios, files(first));
    const worker = component.worker("files");
    await worker.call("golem:it/files.{write-file}", "/bar/baz.txt", "hello world");
    const target = await component.newVersion(scenarios, files({ ...first, "baz.txt": "baz\n" }));
    await worker.update("Automatic", target);
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1"]);
    const contents = async (path: string) => (await worker.request("GET", `/file-contents/${path}`)).body;
    expect(await contents("foo.txt")).toBe("foo\n");
    expect(await contents("bar%2Fbaz.txt")).toBe("hello world");
    expect(await contents("baz.txt")).toBe("baz\n");
  });

  test("is the same when a worker asks for it", async () => {
    const component = await host.deploy("it:updated-by-another", scenarios);
    await component.create("old", [], {});
    await component.newVersion(scenarios);
    await workers
      .worker("updater")
      .call("golem:it/workers.{update-worker}", component.workerIdValue("old"), 1, "automatic");
    expect(await outcomes(component.worker("old"))).toEqual(["successfulUpdate 1"]);
    expect(await component.worker("old").metadata()).toMatchObject({ componentVersion: 1 });
  });
});
