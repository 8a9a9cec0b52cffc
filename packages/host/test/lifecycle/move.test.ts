import { beforeAll, beforeEach, describe, expect, test } from "vitest";

import { fixtureComponent } from "../fixtures/fixture-component.ts";
import { Hosted, type HostedWorker } from "../hosted.ts";
import { deploy, updatesOf } from "./versions.ts";

/** Adds twice in `bump`. */
function better(program: string): string {
  return program.replace("bump(by) {\n    total += by;", "bump(by) {\n    total += by * 2n;");
}

/** `add` returns something else. */
function worse(program: string): string {
  return program.replace("total += by;\n    return total;", "total += by;\n    return total + 1n;");
}

describe("a move", () => {
  let hosted: Hosted;
  beforeAll(() => Promise.all([better, worse].map((edit) => fixtureComponent("probe", edit))), 120_000);
  beforeEach(async () => {
    const opened = await Hosted.open(["probe"], { suspendAfter: 60_000 });
    hosted = opened;
    return () => opened[Symbol.asyncDispose]();
  });

  const move = ({ id }: HostedWorker, version: number) => hosted.host.workers.move(id, version);

  test("of an idle worker tells how much was replayed, and makes what was part of the new code's past", async () => {
    const worker = hosted.worker("idle");
    await worker.call("bump", 10n);
    const before = (await worker.oplog()).length;
    const outcome = await move(worker, await deploy(hosted, "probe", better));
    expect(outcome).toEqual({
      status: "moved",
      version: 1,
      replayed: before + 1,
      ms: expect.any(Number) as unknown,
    });
    expect(await worker.call("add", 1n)).toBe(21n);
    expect(await updatesOf(worker)).toEqual(["successfulUpdate 1"]);
  });

  test("that diverges leaves the worker on its old version", async () => {
    const worker = hosted.worker("diverges");
    await worker.call("add", 10n);
    const outcome = await move(worker, await deploy(hosted, "probe", worse));
    expect(outcome).toMatchObject({ status: "stays", version: 0 });
    expect(await worker.call("add", 1n)).toBe(11n);
  });
});
