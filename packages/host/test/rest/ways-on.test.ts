import { describe, expect, test } from "vitest";
import { goldenComponent } from "../golden-component.ts";
import { ServedHost } from "./served-host.ts";

const served = new ServedHost({ component: goldenComponent });

async function invoke(worker: string): Promise<void> {
  const parts = { query: { function: "shop:orders-exports/api.{tags}" }, requestBody: { params: [] } };
  expect(await served.request("POST", `/workers/${worker}/invoke-and-await`, parts)).toMatchObject({
    status: 200,
  });
}

describe("ways on that Golem does not have", () => {
  test("a worker is forked at an entry, on a version", async () => {
    await invoke("source");
    const requestBody = { targetWorkerName: "copy", oplogIndexCutOff: 3, targetVersion: 0, anyResult: true };

    expect(await served.request("POST", "/workers/source/fork", { requestBody })).toMatchObject({
      status: 200,
      body: {},
    });

    expect(await served.request("GET", "/workers/copy")).toMatchObject({
      status: 200,
      body: { componentVersion: 0 },
    });
  });

  // What the host refuses is 500, as Golem answers it.
  test.for<readonly [what: string, worker: string, requestBody: object, status: number]>([
    ["at no entry", "source-2", { targetWorkerName: "other" }, 400],
    ["before there is anything", "source-2", { targetWorkerName: "other", oplogIndexCutOff: 1 }, 500],
    ["to a name that is none", "source-2", { targetWorkerName: "a/b", oplogIndexCutOff: 2 }, 400],
    ["though it is not there", "nobody", { targetWorkerName: "other", oplogIndexCutOff: 2 }, 404],
    ["to a worker that is there", "source-2", { targetWorkerName: "source-2", oplogIndexCutOff: 2 }, 500],
  ])("a worker is not forked %s", async ([, worker, requestBody, status]) => {
    if (worker !== "nobody") await invoke(worker);
    expect((await served.request("POST", `/workers/${worker}/fork`, { requestBody })).status).toBe(status);
  });

  test("a worker is started anew, if there is one", async () => {
    await invoke("anew");
    expect(await served.request("POST", "/workers/anew/start-anew")).toMatchObject({
      status: 200,
      body: { componentVersion: 0 },
    });
    const { body } = await served.request("GET", "/workers/anew/oplog", { query: { from: 1, count: 10 } });
    expect(body).toMatchObject({ lastIndex: 1 });
    expect((await served.request("POST", "/workers/nobody/start-anew")).status).toBe(404);
  });
});
