import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import type { HostEvent } from "../../src/index.ts";
import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { Hosted, type HostedWorker } from "../hosted.ts";
import { deploy } from "./versions.ts";

/** `add` returns something else. */
function other(program: string): string {
  return program.replace("total += by;\n    return total;", "total += by;\n    return total + 1000n;");
}

/** Prints a line more whenever it adds, the first that it prints at all. */
function talkative(program: string): string {
  return program.replace(
    "total += by;\n    return total;",
    'console.log("adds");\n    total += by;\n    return total;',
  );
}

describe("a worker that was moved with any result", () => {
  let hosted: Hosted;
  beforeAll(() => Promise.all([other, talkative].map((edit) => fixtureComponent("probe", edit))), 120_000);
  beforeEach(async () => {
    const opened = await Hosted.open(["probe"], { suspendAfter: 60_000 });
    hosted = opened;
    return () => opened[Symbol.asyncDispose]();
  });

  const move = ({ id }: HostedWorker, version: number) =>
    hosted.host.workers.move(id, version, { anyResult: true });

  test("goes on though new code returns something else, also after its host was restarted", async () => {
    const worker = hosted.worker("other");
    await worker.call("add", 10n);
    expect(await move(worker, await deploy(hosted, "probe", other))).toMatchObject({
      status: "moved",
      version: 1,
    });
    expect(await worker.call("add", 1n)).toBe(1011n);
    await hosted.restart();
    expect(await worker.call("add", 1n)).toBe(1012n);
  });

  test("is replayed to the results of the new code from then on", async () => {
    const worker = hosted.worker("back");
    await worker.call("add", 10n);
    await move(worker, await deploy(hosted, "probe", other));
    await worker.call("add", 1n);
    const back = await deploy(hosted, "probe", (program) => program);
    expect(await hosted.host.workers.move(worker.id, back)).toMatchObject({ status: "stays", version: 1 });
  });

  test("has a fork that goes on with another version from any entry", async () => {
    const worker = hosted.worker("forked");
    await worker.call("add", 10n);
    const cutOff = (await worker.oplog()).length;
    await worker.call("add", 100n);
    const targetVersion = await deploy(hosted, "probe", other);
    const fork = hosted.worker("fork");
    await hosted.host.workers.fork(worker.id, fork.id, cutOff, { version: targetVersion, anyResult: true });
    expect(await fork.call("add", 1n)).toBe(1011n);
    expect(await fork.metadata()).toMatchObject({ componentVersion: targetVersion });
    expect(await worker.metadata()).toMatchObject({ componentVersion: 0 });
  });

  test("may print where it printed nothing before, and the other way round", async () => {
    const worker = hosted.worker("talks");
    await worker.call("add", 10n);
    expect(await move(worker, await deploy(hosted, "probe", talkative))).toMatchObject({ status: "moved" });
    expect(await worker.call("add", 1n)).toBe(11n);
    expect(await move(worker, await deploy(hosted, "probe", (program) => program))).toMatchObject({
      status: "moved",
    });
    await worker.crash();
    expect(await worker.call("add", 1n)).toBe(12n);
  });
});

test("a host tells what happens in all workers, once, and of those that were not there when it was opened", async () => {
  const told: HostEvent[] = [];
  await using hosted = await Hosted.open(["probe"], { onEvent: (event) => void told.push(event) });
  const worker = hosted.worker("told");
  await worker.call("add", 10n);
  await worker.crash();
  await worker.call("add", 1n);

  await expect.poll(() => told.length).toBe(4);
  expect(told.map(({ worker: name, event }) => [name, Object.keys(event).join()])).toEqual(
    ["InvocationStart", "InvocationFinished", "InvocationStart", "InvocationFinished"].map((kind) => [
      expect.stringMatching(/^probe\/told|\/told$/),
      kind,
    ]),
  );
});
