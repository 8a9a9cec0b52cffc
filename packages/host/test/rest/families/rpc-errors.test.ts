import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { beforeAll, describe, expect, test } from "vitest";

import { fixtureComponent } from "../../fixtures/fixture-component.ts";
import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost({ shards: 2, retryDelays: false });
let mirror: RestComponent;
let probe: RestComponent;
let rust: RestComponent;
beforeAll(async () => {
  mirror = await host.deployFixture("mirror");
  probe = await host.deployFixture("probe");
  rust = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
});

const BY_NAME = "test:mirror-exports/calls.{by-name}";
const inProbe = (name: string): string => `test:probe-exports/api.{${name}}`;

interface Params {
  readonly strings?: readonly string[];
  readonly numbers?: readonly number[];
}

/** What a worker with `golem:rpc` gets from a call of a function by its name. */
function called(
  caller: string,
  target: RestComponent,
  worker: string,
  fn: string,
  { strings = [], numbers = [] }: Params = {},
): Promise<unknown> {
  return mirror.worker(caller).call(BY_NAME, target.workerIdValue(worker), fn, strings, numbers);
}

describe("a call by name", () => {
  test("of a function that nobody exports is a protocol error, and makes no entry there", async () => {
    await probe.create("untouched", [], {});
    expect(await called("absent", probe, "untouched", inProbe("absent"))).toEqual({
      err: expect.stringMatching(/^protocol-error: .*absent/),
    });
    expect(await probe.worker("untouched").oplog()).toHaveLength(1);
  });

  test.each<[string, string, Params]>([
    ["too few parameters", "put", { strings: ["key"] }],
    ["a parameter of another type", "put", { strings: ["key"], numbers: [1] }],
    ["a number for a text", "say", { numbers: [1] }],
    ["a text for a number", "add", { strings: ["1"] }],
  ])("with %s is a protocol error, and the worker is as before", async (wrong, fn, params) => {
    const name = `target-${wrong.replaceAll(" ", "-")}`;
    await probe.create(name, [], {});
    expect(await called(`caller-${name}`, probe, name, inProbe(fn), params)).toEqual({
      err: expect.stringMatching(/^protocol-error: /),
    });
    expect(await probe.worker(name).oplog()).toHaveLength(1);
    expect(await probe.worker(name).call(inProbe("add"), 1)).toBe(1);
  });

  test("of a worker of a component that is not there is not found", async () => {
    const nobody = { uuid: { "high-bits": 1, "low-bits": 2 } };
    const target = { "component-id": nobody, "worker-name": "w" };
    expect(await mirror.worker("nobody").call(BY_NAME, target, inProbe("add"), [], [1])).toEqual({
      err: expect.stringMatching(/^not-found: .*00000000-0000-0001-0000-000000000002/),
    });
  });

  test("of a name that no worker can have is a protocol error", async () => {
    expect(await called("misnamer", probe, "a b", inProbe("add"), { numbers: [1] })).toEqual({
      err: expect.stringContaining("protocol-error: Invalid worker name: "),
    });
  });

  test("of what fails there has the failure's text, and the caller goes on", async () => {
    const caller = mirror.worker("sees");
    expect(await called("sees", probe, "failing", inProbe("fail"), { strings: ["out of ink"] })).toEqual({
      err: expect.stringMatching(
        /^remote-internal-error: error while executing[^]*about to fail: out of ink/,
      ),
    });
    expect(await caller.status()).toBe("Idle");
    expect(await probe.worker("failing").metadata()).toMatchObject({ status: "Failed", retryCount: 4 });
  });

  test("of what has failed before has the text of that", async () => {
    const panic = "golem:it/failures.{panic}";
    expect(await called("late", rust, "panicked", panic, { strings: ["no paper"] })).toEqual({
      err: expect.stringMatching(/^remote-internal-error: [^]*panicked at 'no paper'/),
    });
    expect(await called("late", rust, "panicked", "golem:it/counters.{get-global-value}")).toEqual({
      err: expect.stringMatching(/^remote-internal-error: [^]*panicked at 'no paper'/),
    });
  });

  test("of what exits is an error, and so is every later one", async () => {
    for (const fn of ["leave", "key"])
      expect(await called("left", probe, "leaver", inProbe(fn))).toEqual({
        err: expect.stringMatching(/^remote-internal-error: .*exited/i),
      });
    expect(await probe.worker("leaver").status()).toBe("Exited");
  });

  test("is told the same error in a replay, and asks nobody", async () => {
    const caller = mirror.worker("replayed");
    const error = await called("replayed", probe, "gone", inProbe("fail"), { strings: ["once"] });
    await probe.worker("gone").delete();
    await host.restart();
    expect(await caller.call("test:mirror-exports/echo.{echo-u8}", [], 1)).toBe(1);
    expect((await probe.worker("gone").request("GET", "")).status).toBe(404);
    expect(error).toEqual({ err: expect.stringContaining("about to fail: once") });
  });

  test("makes a resource of what its name says, where there is none yet", async () => {
    const add = 'golem:it/counters.{counter("shared").inc-by}';
    const value = 'golem:it/counters.{counter("shared").get-value}';
    await called("indexed-1", rust, "indexed", add, { numbers: [3] });
    await called("indexed-2", rust, "indexed", add, { numbers: [4] });
    await rust.worker("indexed").crash();
    expect(await called("indexed-1", rust, "indexed", value)).toEqual({ ok: [7] });
    expect(Object.values((await rust.worker("indexed").metadata()).ownedResources)).toMatchObject([
      { indexed: { resourceName: "counter", resourceParams: ['"shared"'] } },
    ]);
  });
});

/** A component with an interface of the probe's name, whose functions do nothing. */
async function standIn(functions: string): Promise<Uint8Array> {
  const witSource = `package test:probe-exports; interface api { ${functions} } world w { export api; }`;
  return componentNew(await componentEmbed({ dummy: true, witSource, world: "w" }));
}

/** A caller of the probe's interface, linked to a component that has another interface of this name. */
async function misled(functions: string): Promise<RestComponent> {
  const name = `test:stand-in-${crypto.randomUUID()}`;
  await host.deploy(name, await standIn(functions));
  const { wasm, dynamicLinking } = await fixtureComponent("caller");
  const linking = JSON.stringify({ dynamicLinking });
  const probeName = '"componentName":"test:probe"';
  return host.deploy(`${name}-caller`, wasm, {
    dynamicLinking: linking.replaceAll(probeName, `"componentName":"${name}"`),
  });
}

describe("a call through a client that does not fit what it calls traps, and says why:", () => {
  test.each([
    ["the function is not there", "key: func() -> string;", "add"],
    ["its parameter is another", "add: func(by: string) -> u64;", "by"],
    ["it takes more", "add: func(by: u64, more: u64) -> u64;", "2"],
  ])("%s", async (_, functions, reason) => {
    const worker = (await misled(functions)).worker("caller");
    const { type, details } = await worker.failure("test:caller-exports/api.{add}", "target", 1);
    expect(type).toBe("RuntimeError");
    expect(details).toMatch(
      /^RPC invocation of test:probe-exports\/api\.\{add\} failed with: protocol-error: /,
    );
    expect(details).toContain(reason);
    expect(await worker.metadata()).toMatchObject({ status: "Failed", retryCount: 4 });
  });
});
