import { describe, expect, test } from "vitest";
import type { WorkerMetadata } from "../../src/index.ts";
import { goldenComponent } from "../golden-component.ts";
import { ServedHost } from "./served-host.ts";

const served = new ServedHost({ component: goldenComponent });

/** Calls a function of the component's `api`. */
function call(worker: string, name: string, ...values: readonly unknown[]) {
  const requestBody = { params: values.map((value) => ({ value })) };
  const query = { function: `shop:orders-exports/api.{${name}}` };
  return served.request("POST", `/workers/${worker}/invoke-and-await`, { query, requestBody });
}

const tags = async (worker: string) =>
  ((await call(worker, "tags")).body as { result: { value: [[string, number][]] } }).result.value[0].map(
    ([tag]) => tag,
  );

async function updates(worker: string): Promise<WorkerMetadata["updates"]> {
  return ((await served.request("GET", `/workers/${worker}`)).body as WorkerMetadata).updates;
}

test.for<readonly [parameter: unknown, shown: string]>([
  ["tea", '{"value": "tea"}'],
  [{ sku: "tea" }, '{"value": {"sku":"tea"}}'],
])(
  "a parameter that is no more than its value is refused with the right form: %j",
  async ([parameter, shown]) => {
    const query = { function: "shop:orders-exports/api.{note}" };
    const requestBody = { params: [parameter] };
    const { status, body } = await served.request("POST", "/workers/bare/invoke-and-await", {
      query,
      requestBody,
    });

    expect(status).toBe(400);
    expect(body).toContain(`each parameter is written {"value": …}, this one ${shown}`);
  },
);

describe("a worker is reverted", () => {
  const revert = (worker: string, requestBody: unknown) =>
    served.request("POST", `/workers/${worker}/revert`, { requestBody });

  test("by its last invocations, or to an index", async () => {
    for (const note of ["one", "two", "three"]) await call("revert", "note", note);
    expect(await revert("revert", { type: "revertLastInvocations", numberOfInvocations: 1 })).toMatchObject({
      status: 200,
      body: {},
    });
    expect(await tags("revert")).toEqual(["one", "two"]);
    await revert("revert", { type: "revertToOplogIndex", lastOplogIndex: 1 });
    expect(await tags("revert")).toEqual([]);
  });

  test("only as far as there is something to go back to", async () => {
    await call("bounds", "note", "one");
    expect(await revert("bounds", { type: "revertLastInvocations", numberOfInvocations: 2 })).toMatchObject({
      status: 500,
      body: { golemError: { type: "InvalidRequest" } },
    });
    expect((await revert("nobody", { type: "revertToOplogIndex", lastOplogIndex: 1 })).status).toBe(404);
    expect((await revert("bounds", { type: "revertAll" })).status).toBe(400);
  });
});

describe("a worker is updated", () => {
  const update = (worker: string, mode: string, targetVersion: number) =>
    served.request("POST", `/workers/${worker}/update`, { requestBody: { mode, targetVersion } });

  test("by replay", async () => {
    await call("update", "note", "one");
    const wasm = await goldenComponent();
    const { versionedComponentId } = await served.host.components.update(served.componentId, { wasm });
    const { version } = versionedComponentId;
    expect(await update("update", "Automatic", version)).toMatchObject({ status: 200, body: {} });
    expect(await tags("update")).toEqual(["one"]);
    expect(await updates("update")).toEqual([
      { type: "successfulUpdate", timestamp: expect.any(String), targetVersion: version },
    ]);
    expect(await update("update", "Automatic", version)).toMatchObject({
      status: 500,
      body: {
        golemError: { type: "InvalidRequest", details: "Worker is already at the target version" },
      },
    });
  });

  test("by snapshot only if it saves one", async () => {
    await call("manual", "note", "one");
    expect(await update("manual", "Manual", 100)).toMatchObject({ status: 200, body: {} });
    await expect
      .poll(() => updates("manual"))
      .toEqual([
        {
          type: "failedUpdate",
          timestamp: expect.any(String),
          targetVersion: 100,
          details: "failed to get a snapshot for manual update: save-snapshot is not exported",
        },
      ]);
  });

  test("only if it is there, and in a mode that there is", async () => {
    expect(await update("no-such-worker", "Automatic", 1)).toMatchObject({
      status: 404,
      body: { error: `Worker not found: ${served.componentId}/no-such-worker` },
    });
    expect(await update("update", "Sometimes", 1)).toMatchObject({
      status: 400,
      body: 'parse request payload error: Expected input type "WorkerUpdateMode", found "Sometimes". (occurred while parsing "UpdateWorkerRequest")',
    });
  });
});
