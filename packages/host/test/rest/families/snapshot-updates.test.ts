import { describe, expect, test } from "vitest";

import { RestHost } from "../rest-host.ts";
import { fn, outcomes, summed, UpdatePrograms, waiting } from "./update-programs.ts";

describe("an update by snapshot", () => {
  const host = new RestHost();
  const programs = new UpdatePrograms(host);

  test("hands the state from one version of the interface to another", async () => {
    const component = await programs.deploy(2);
    const worker = component.worker("saved");
    expect(await summed(worker)).toBe(150);
    expect(await worker.call(fn("f2"))).toBe(150);
    expect(await worker.update("Manual", await component.newVersion(programs.program(3)))).toMatchObject({
      status: 200,
      body: {},
    });
    expect(await worker.call(fn("get"))).toBe(150);
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1"]);
    expect(await worker.metadata()).toMatchObject({ componentVersion: 1, status: "Idle" });
    await host.restart();
    expect(await worker.call(fn("get"))).toBe(150);
  });

  test("fails if the old version saves nothing, and the worker keeps its environment", async () => {
    const component = await programs.deploy(1);
    await component.create("unsaved", [], { PORT: "80" });
    const worker = component.worker("unsaved");
    await summed(worker);
    await worker.update("Manual", await component.newVersion(programs.program(3)));
    expect(await worker.call(fn("f3"))).toBe(4);
    expect(await worker.metadata()).toMatchObject({
      componentVersion: 0,
      updates: [
        {
          type: "failedUpdate",
          targetVersion: 1,
          details: "failed to get a snapshot for manual update: save-snapshot is not exported",
        },
      ],
    });
  });

  test("fails if the new version refuses the state, and the old one has it still", async () => {
    const component = await programs.deploy(2);
    const worker = component.worker("refused");
    await summed(worker);
    await worker.update("Manual", await component.newVersion(programs.program(4)));
    expect(await worker.call(fn("f3"))).toBe(3);
    expect(await worker.call(fn("f2"))).toBe(150);
    expect(await worker.metadata()).toMatchObject({
      componentVersion: 0,
      updates: [
        {
          type: "failedUpdate",
          targetVersion: 1,
          details: "Manual update failed: load-snapshot failed: this version loads nothing",
        },
      ],
    });
  });

  test("fails if the new version has nothing to load with", async () => {
    const component = await programs.deploy(2);
    const worker = component.worker("cannot-load");
    await summed(worker);
    await worker.update("Manual", await component.newVersion(programs.program(1)));
    expect(await outcomes(worker)).toEqual(["failedUpdate 1"]);
    expect(await worker.call(fn("f2"))).toBe(150);
  });

  test("waits for its turn behind the invocation that an update by replay has restarted", async () => {
    const component = await programs.deploy(1);
    const worker = component.worker("both");
    const { result, open } = await waiting(worker);
    const [second, third] = [
      await component.newVersion(programs.program(2)),
      await component.newVersion(programs.program(3)),
    ];
    expect(await worker.update("Automatic", second)).toMatchObject({ status: 200 });
    expect(await worker.update("Manual", third)).toMatchObject({ status: 200 });
    await open();
    expect(await result).toBe(150);
    expect(await worker.call(fn("get"))).toBe(150);
    expect(await outcomes(worker)).toEqual(["successfulUpdate 1", "successfulUpdate 2"]);
    expect((await worker.metadata()).componentVersion).toBe(2);
  });
});
