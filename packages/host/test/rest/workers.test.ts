import { describe, expect, test } from "vitest";
import type { WorkerListing } from "../../src/index.ts";
import { goldenComponent } from "../golden-component.ts";
import { ServedHost } from "./served-host.ts";

const served = new ServedHost({ component: goldenComponent });

describe("workers", () => {
  test("are listed page by page", async () => {
    const names = ["page-1", "page-2", "page-3"];
    for (const name of names) await served.host.workers.create(served.componentId, { name });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { filter: "name like page-", count: 2, ...(cursor !== undefined && { cursor }) };
      const { body } = await served.request("GET", "/workers", { query });
      const page = body as WorkerListing;
      expect(page.workers.length).toBeLessThanOrEqual(2);
      seen.push(...page.workers.map(({ workerId }) => workerId.workerName));
      cursor = page.cursor === null ? undefined : `${page.cursor.layer}/${page.cursor.cursor}`;
    } while (cursor !== undefined);
    expect(seen.toSorted()).toEqual(names);
  });

  test("are interrupted and resumed", async () => {
    await served.host.workers.create(served.componentId, { name: "pausing" });
    const query = { "recovery-immediately": true };
    expect(await served.request("POST", "/workers/pausing/interrupt", { query })).toMatchObject({
      status: 200,
      body: {},
    });
    expect(await served.request("POST", "/workers/pausing/resume")).toMatchObject({ status: 200, body: {} });
    expect(await served.request("POST", "/workers/unknown/interrupt")).toMatchObject({
      status: 200,
      body: {},
    });
    expect(await served.request("POST", "/workers/unknown/resume")).toMatchObject({ status: 404 });
  });

  test("are told apart from a flag that is none", async () => {
    const query = { "recovery-immediately": "perhaps" };
    expect((await served.request("POST", "/workers/pausing/interrupt", { query })).status).toBe(400);
  });

  test("without a name are made for one call", async () => {
    const parts = { query: { function: "shop:orders-exports/api.{tags}" }, requestBody: { params: [] } };
    expect(await served.request("POST", "/invoke-and-await", parts)).toMatchObject({
      status: 200,
      body: { result: { value: [[]] } },
    });
    expect(await served.request("POST", "/invoke", parts)).toMatchObject({ status: 200, body: {} });
  });

  test("run the same idempotency key once", async () => {
    const note = {
      query: { function: "shop:orders-exports/api.{note}" },
      headers: { "idempotency-key": "once" },
      requestBody: { params: [{ value: "n" }] },
    };
    await served.request("POST", "/workers/keyed/invoke", note);
    await served.request("POST", "/workers/keyed/invoke-and-await", note);
    const tags = { query: { function: "shop:orders-exports/api.{tags}" }, requestBody: { params: [] } };
    const { body } = await served.request("POST", "/workers/keyed/invoke-and-await", tags);
    expect(body).toMatchObject({ result: { value: [[["n", 0]]] } });
    expect(await served.request("DELETE", "/workers/keyed/invocations/once")).toMatchObject({
      status: 200,
      body: { canceled: false },
    });
    expect(await served.request("DELETE", "/workers/keyed/invocations/other")).toMatchObject({
      status: 500,
      body: { golemError: { type: "InvalidRequest", details: "Invocation not found" } },
    });
  });

  test("know no promise that they did not make", async () => {
    const requestBody = { oplogIdx: 9999, data: [1] };
    expect(await served.request("POST", "/workers/keyed/complete", { requestBody })).toMatchObject({
      status: 500,
      body: { golemError: { type: "PromiseNotFound", promiseId: { oplogIdx: 9999 } } },
    });
    expect(
      await served.request("POST", "/workers/keyed/complete", { requestBody: { oplogIdx: "x" } }),
    ).toMatchObject({
      status: 400,
      body: 'parse request payload error: Expected input type "integer(uint64)", found "x". (occurred while parsing "CompleteParameters")',
    });
  });
});
