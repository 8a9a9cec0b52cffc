import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const ADD = "golem:it/sums.{add}";
const GET = "golem:it/sums.{get}";

describe("an ephemeral worker", () => {
  const host = new RestHost();
  let component: RestComponent;
  beforeAll(async () => {
    const wasm = await foreignComponent("rust-workers");
    component = await host.deploy("it:ephemeral", wasm, { componentType: "Ephemeral" });
  });

  test("with a name keeps nothing from one invocation to the next", async () => {
    const worker = component.worker("named");
    expect(await worker.invoke(ADD, 2)).toMatchObject({ status: 200 });
    expect(await worker.call(GET)).toBe(0);
    expect(await worker.metadata()).toMatchObject({ status: "Idle" });
  });

  test("without a name is made for one invocation", async () => {
    const invoke = (name: string, ...values: readonly unknown[]) =>
      host.request("POST", `${component.path}/invoke-and-await`, {
        query: { function: name },
        requestBody: { params: values.map((value) => ({ value })) },
      });
    expect(await invoke(ADD, 2)).toMatchObject({ status: 200, body: { result: { value: [] } } });
    expect(await invoke(GET)).toMatchObject({ status: 200, body: { result: { value: [0] } } });
  });

  test("that fails fails nobody else", async () => {
    const worker = component.worker("failing");
    expect(await worker.failure(ADD, 50)).toMatchObject({ type: "RuntimeError" });
    expect(await worker.call(GET)).toBe(0);
  });

  test("says in its oplog when it began anew", async () => {
    const worker = component.worker("anew");
    await worker.call(GET);
    await worker.call(GET);
    expect((await worker.oplog()).map(({ entry }) => entry.type)).toEqual([
      "Create",
      "PendingWorkerInvocation",
      "Restart",
      "ExportedFunctionInvoked",
      "ExportedFunctionCompleted",
      "Restart",
      "ExportedFunctionInvoked",
      "ExportedFunctionCompleted",
    ]);
  });
});
