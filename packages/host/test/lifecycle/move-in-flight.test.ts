import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { Origin } from "../http/origin.ts";
import { Hosted, type HostedWorker, story } from "../hosted.ts";
import { deploy, updated, updatesOf } from "./versions.ts";

/** Another program that does the same. */
const same = (program: string): string => `${program}\nexport const version = "new";\n`;

/** Adds twice in `bump`. */
function better(program: string): string {
  return program.replace("bump(by) {\n    total += by;", "bump(by) {\n    total += by * 2n;");
}

const moved = expect.objectContaining({ status: "moved" }) as unknown;

let hosted: Hosted;
let origin: Origin;
/** Lets the origin answer. */
let answer: () => void;

beforeAll(async () => {
  hosted = await Hosted.open(["probe", "caller", "fetcher"], { suspendAfter: 60_000 });
}, 120_000);

afterAll(() => hosted[Symbol.asyncDispose]());

beforeEach(async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  answer = resolve;
  origin = await Origin.open({
    "/slow": async (_, response) => {
      await promise;
      response.end(`answer ${origin.count("/slow")}`);
    },
  });
  return () => origin[Symbol.asyncDispose]();
});

const move = ({ id }: HostedWorker, version: number) => hosted.host.workers.move(id, version);

const says = (worker: HostedWorker, entry: string) =>
  expect.poll(async () => story(await worker.oplog()), { interval: 10, timeout: 10_000 }).toContain(entry);

const named = (worker: "probe" | "caller" | "fetcher") => hosted.worker(crypto.randomUUID(), worker);

describe("a move in the middle of a call to another worker", () => {
  test("of the caller lets it have the answer of the first call", async () => {
    const [caller, callee] = [named("caller"), named("probe")];
    const { workerName } = callee.id;
    await callee.call("add", 1n);
    const result = caller.call("sleep", workerName, 50_000);
    await says(callee, "ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    expect(await move(caller, await deploy(hosted, "caller", same))).toEqual(moved);
    await hosted.host.simulation.clock.advance(50_000);
    expect(await result).toBeGreaterThanOrEqual(50_000n);
    const calls = story(await callee.oplog()).filter((entry) => entry.startsWith("ExportedFunctionInvoked"));
    expect(calls).toHaveLength(2);
  });

  test("of the callee lets the caller wait", async () => {
    const [caller, callee] = [named("caller"), named("probe")];
    const result = caller.call("sleep", callee.id.workerName, 50_000);
    await says(callee, "ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    expect(await move(callee, await deploy(hosted, "probe", better))).toEqual(moved);
    await hosted.host.simulation.clock.advance(50_000);
    expect(await result).toBeLessThan(60_000n);
  });

  test("of both, again and again, does nothing twice", async () => {
    const [caller, callee] = [named("caller"), named("probe")];
    const result = caller.call("sleep", callee.id.workerName, 50_000);
    await says(callee, "ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    for (let round = 0; round < 3; round += 1) {
      const versions = await Promise.all([deploy(hosted, "caller", same), deploy(hosted, "probe", better)]);
      expect(await Promise.all([move(caller, versions[0]), move(callee, versions[1])])).toEqual([
        moved,
        moved,
      ]);
    }
    await hosted.host.simulation.clock.advance(50_000);
    await result;
    const calls = story(await callee.oplog()).filter((entry) => entry.startsWith("ExportedFunctionInvoked"));
    expect(calls).toHaveLength(1);
  });
});

test("what is scheduled runs once, on the code that the worker was moved to", async () => {
  const [caller, callee] = [named("caller"), named("probe")];
  await callee.call("add", 1n);
  await caller.call("bump-later", callee.id.workerName, 10n, 50_000);
  expect(await move(caller, await deploy(hosted, "caller", same))).toEqual(moved);
  expect(await move(callee, await deploy(hosted, "probe", better))).toEqual(moved);
  await hosted.host.simulation.clock.advance(51_000);
  expect(await callee.call("add", 0n)).toBe(21n);
});

describe("a move in the middle of a request to the outside", () => {
  /** Moves a worker while it waits for the first answer of the outside, which then comes. */
  async function moveWhileAsking(worker: ReturnType<typeof named>, name: string): Promise<void> {
    const result = worker.call(name, origin.url("/slow"));
    await expect.poll(() => origin.count("/slow"), { interval: 10 }).toBe(1);
    const outcome = move(worker, await deploy(hosted, "fetcher", same));
    await says(worker, "PendingUpdate");
    answer();
    expect(await result).toBe("answer 1");
    expect(await outcome).toEqual(moved);
  }

  test("is made when that is answered: it is not made twice", async () => {
    const worker = named("fetcher");
    await moveWhileAsking(worker, "get");
    expect(origin.count("/slow")).toBe(1);
    expect(await worker.call("get", origin.url("/slow"))).toBe("answer 2");
  });

  test("that must not be repeated does not fail it", async () => {
    const worker = named("fetcher");
    await moveWhileAsking(worker, "get-without-retry");
  });

  test("that is not answered for long is made later", async () => {
    const worker = named("fetcher");
    const result = worker.call("get", origin.url("/slow"));
    await expect.poll(() => origin.count("/slow"), { interval: 10 }).toBe(1);
    expect(await move(worker, await deploy(hosted, "fetcher", same))).toMatchObject({
      status: "later",
      because: expect.stringContaining("request") as unknown,
    });
    answer();
    expect(await result).toBe("answer 1");
    expect(await updated(worker)).toEqual([expect.stringMatching(/^successfulUpdate/)]);
    expect(origin.count("/slow")).toBe(1);
  }, 30_000);

  test("keeps nobody from calling the worker", async () => {
    const worker = named("fetcher");
    const result = worker.call("get", origin.url("/slow"));
    await expect.poll(() => origin.count("/slow"), { interval: 10 }).toBe(1);
    const outcome = move(worker, await deploy(hosted, "fetcher", same));
    await says(worker, "PendingUpdate");
    await worker.trigger("get", origin.url("/slow"));
    answer();
    expect(await result).toBe("answer 1");
    expect(await outcome).toEqual(moved);
    await expect.poll(() => origin.count("/slow"), { interval: 10 }).toBe(2);
  });
});

describe("a move in the middle of an atomic region", () => {
  test("is made at its end: what is in it is done once", async () => {
    const worker = named("probe");
    const running = worker.call("region-with-sleep", 50_000);
    await says(worker, "ImportedFunctionInvoked monotonic_clock::subscribe_duration");
    const outcome = move(worker, await deploy(hosted, "probe", better));
    await says(worker, "PendingUpdate");
    await hosted.host.simulation.clock.advance(50_000);
    await running;
    expect(await outcome).toEqual(moved);
    const puts = story(await worker.oplog()).filter((entry) => entry.endsWith("eventual::set"));
    expect(puts).toHaveLength(3);
    expect((await updatesOf(worker)).at(-1)).toMatch(/^successfulUpdate/);
  });
});
