import { beforeAll, describe, expect, test } from "vitest";

import { Origin } from "../../http/origin.ts";
import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";
import { StepServer, workerOf } from "./step-server.ts";

const host = new RestHost({ allow: ["local"] });
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("it:durable", await foreignComponent("rust-durable"));
});

const fn = (name: string): string => `it:durable/durability.{${name}}`;

describe("a worker's oplog", () => {
  test("can be jumped back in, which repeats what follows and nothing before", async () => {
    await using server = await StepServer.open({ 2: 1, 4: 1 });
    const worker = await server.worker(rust, "jump");
    expect(await worker.call(fn("jump"))).toBe(5);
    const lines = ["started: 0", "second: 2", "second: 2", "third: 3", "fourth: 4", "fourth: 4", "fifth: 5"];
    expect(await worker.output()).toEqual(lines.map((line) => `${line}\n`));
    expect((await worker.oplog()).filter(({ entry }) => entry.type === "Jump")).toHaveLength(2);
    await worker.crash();
    expect((await worker.metadata()).status).toBe("Idle");
  });

  test("can be committed explicitly", async () => {
    const worker = rust.worker("commit");
    await worker.call(fn("commit"), 0);
    expect(await worker.output()).toEqual(["committing\n", "committed\n"]);
  });
});

describe("an atomic region", () => {
  test("is repeated as a whole until it ends, and never after", async () => {
    await using server = await StepServer.open({ 1: 2, 2: 2 });
    const worker = await server.worker(rust, "atomic");
    await worker.call(fn("atomic-regions"));
    const expected = ["1", "2", "1", "2", "1", "2", "3", "4", "5", "5", "5", "6"];
    expect(server.effects).toEqual(expected);
    await worker.crash();
    await worker.call(fn("commit"), 0);
    expect(server.effects).toEqual(expected);
  });

  test("around each step makes a transaction whose failure undoes what was done", async () => {
    await using server = await StepServer.open({ 3: 1 });
    const worker = await server.worker(rust, "fallible");
    expect(await worker.call(fn("fallible-transaction"))).toEqual({ err: "step 3 failed" });
    expect(server.effects).toEqual(["=> 1", "=> 2", "=> 3", "<= 2", "<= 1"]);
  });

  test("around each step makes a transaction that is begun anew until it succeeds", async () => {
    await using server = await StepServer.open({ 3: 1 });
    const worker = await server.worker(rust, "infallible");
    expect(await worker.call(fn("infallible-transaction"))).toBe(4);
    expect(server.effects).toEqual(["=> 1", "=> 2", "=> 3", "<= 2", "<= 1", "=> 1", "=> 2", "=> 3", "=> 4"]);
    await worker.crash();
    await worker.call(fn("commit"), 0);
    expect(server.effects).toHaveLength(9);
  });
});

describe("a request that was not answered when the worker failed", () => {
  test("is sent again, as requests may be repeated", async () => {
    await using server = await StepServer.open({ 1: 1 });
    const worker = await server.worker(rust, "idempotent");
    await worker.call(fn("idempotence"), true);
    expect(server.effects).toEqual(["1", "1"]);
  });

  test("fails the worker, if the program says that it may not be repeated", async () => {
    await using server = await StepServer.open({ 1: 1 });
    const worker = await server.worker(rust, "not-idempotent");
    const { type, details } = await worker.failure(fn("idempotence"), false);
    expect(type).toBe("RuntimeError");
    expect(details).toContain("Non-idempotent remote write operation was not completed, cannot retry");
    expect(server.effects).toEqual(["1"]);
  });
});

test("a program that does always what is not persisted cannot be replayed", async () => {
  await using server = await StepServer.open({ 1: 2 });
  const worker = await server.worker(rust, "persist-nothing");
  const { details } = await worker.failure(fn("persist-nothing"));
  expect(details).toContain("PersistNothing block");
  expect(server.effects).toEqual(["1", "2", "3"]);
});

describe("a retry policy", () => {
  test.each([
    [0, 1],
    [2, 3],
  ])("of %s attempts, set by the program, lets it run that often and once more", async (attempts, errors) => {
    const worker = rust.worker(`attempts-${attempts}`);
    const first = await worker.failure(fn("fail-with-attempts"), attempts);
    expect(first.type).toBe("RuntimeError");
    expect(first.details).toMatch(/^error while executing at wasm backtrace:/);
    const entries = (await worker.oplog()).filter(({ entry }) => entry.type === "Error");
    expect(entries).toHaveLength(errors);
    expect(await worker.failure(fn("fail-with-attempts"), attempts)).toEqual({
      type: "PreviousInvocationFailed",
      details: first.details,
    });
    expect(await worker.output()).toContain(`3 attempts became ${attempts}\n`);
  });
});

describe("idempotency keys", () => {
  test("differ in one invocation, and are the same for the same key of an invocation", async () => {
    const call = async (name: string, key: string): Promise<readonly string[]> => {
      const { body } = await rust.worker(name).invokeWithKey(key, fn("idempotency-keys"));
      return (body as { readonly result: { readonly value: readonly [readonly string[]] } }).result.value[0];
    };
    const [one, other] = await call("keys-1", "0c3c9a1b-6c75-4a0b-8a3e-000000000002");
    expect(one).not.toBe(other);
    expect(await call("keys-2", "0c3c9a1b-6c75-4a0b-8a3e-000000000002")).toEqual([one, other]);
    expect(await call("keys-3", "0c3c9a1b-6c75-4a0b-8a3e-000000000003")).not.toContain(one);
  });
});

test("a program's own durable function runs once, whatever happens to the worker", async () => {
  let calls = 0;
  await using origin = await Origin.open({
    "/callback": ({ url }, response) => response.end(`${calls++}-${url?.split("=")[1]}`),
  });
  const worker = await workerOf(rust, "callback", origin);
  expect(await worker.call(fn("callback"), "a")).toBe("0-a");
  await host.restart();
  expect(await worker.call(fn("callback"), "b")).toBe("1-b");
  expect(calls).toBe(2);
  const own = (await worker.search('"custom::callback"')).map(({ entry }) => entry.type);
  expect(own).toEqual(["ImportedFunctionInvoked", "ImportedFunctionInvoked"]);
});

test("a worker forks itself, and both answer the invocation in which they did", async () => {
  const worker = rust.worker("forked");
  expect(await worker.call(fn("fork"), "copy")).toBe("the original of copy");
  await rust.worker("copy").reaches("Idle");
  const completed = (await rust.worker("copy").oplog()).filter(
    ({ entry }) => entry.type === "ExportedFunctionCompleted",
  );
  expect(completed.at(-1)?.entry).toMatchObject({ response: { value: ["copy itself"] } });
});
