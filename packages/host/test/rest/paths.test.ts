import { createHash } from "node:crypto";

import { describe, expect, test } from "vitest";
import { ComponentClient } from "./component-client.ts";
import { zipOf } from "./golden-replay.ts";

const client = new ComponentClient();
const COMPONENT = "/v1/components/00000000-0000-4000-8000-000000000000";
const WORKER = `${COMPONENT}/workers/w`;

/** Every path of Golem's worker and component services, with its methods. */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  "/healthcheck": ["GET"],
  "/version": ["GET"],
  "/v1/components": ["GET", "POST"],
  "/v1/components/search": ["POST"],
  [COMPONENT]: ["GET"],
  [`${COMPONENT}/updates`]: ["POST"],
  [`${COMPONENT}/upload`]: ["PUT"],
  [`${COMPONENT}/latest`]: ["GET"],
  [`${COMPONENT}/versions/0`]: ["GET"],
  [`${COMPONENT}/versions/0/file-contents/key`]: ["GET"],
  [`${COMPONENT}/versions/0/plugins/installs`]: ["GET"],
  [`${COMPONENT}/latest/plugins/installs`]: ["GET", "POST"],
  [`${COMPONENT}/latest/plugins/installs/i`]: ["PUT", "DELETE"],
  [`${COMPONENT}/download`]: ["GET"],
  "/v1/plugins": ["GET", "POST"],
  "/v1/plugins/p": ["GET"],
  "/v1/plugins/p/1": ["GET"],
  "/v1/library-plugins": ["POST"],
  "/v1/app-plugins": ["POST"],
  [`${COMPONENT}/invoke`]: ["POST"],
  [`${COMPONENT}/invoke-and-await`]: ["POST"],
  [`${COMPONENT}/workers`]: ["GET", "POST"],
  [`${COMPONENT}/workers/find`]: ["POST"],
  [WORKER]: ["GET", "DELETE"],
  [`${WORKER}/invoke`]: ["POST"],
  [`${WORKER}/invoke-and-await`]: ["POST"],
  [`${WORKER}/complete`]: ["POST"],
  [`${WORKER}/interrupt`]: ["POST"],
  [`${WORKER}/resume`]: ["POST"],
  [`${WORKER}/update`]: ["POST"],
  [`${WORKER}/revert`]: ["POST"],
  [`${WORKER}/oplog`]: ["GET"],
  [`${WORKER}/invocations/k`]: ["DELETE"],
  [`${WORKER}/files/a`]: ["GET"],
  [`${WORKER}/file-contents/a`]: ["GET"],
  [`${WORKER}/activate-plugin`]: ["POST"],
  [`${WORKER}/deactivate-plugin`]: ["POST"],
  [`${WORKER}/connect`]: ["GET"],
};

const METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"];

describe.each(Object.entries(PATHS))("%s", (path, methods) => {
  test(`answers ${methods.join(" and ")}`, async () => {
    for (const method of methods) {
      const { body } = await client.request(path, { method });
      expect(["not found", "method not allowed"], `${method} ${path}`).not.toContain(body);
    }
  });

  test("refuses other methods", async () => {
    for (const method of METHODS.filter((one) => !methods.includes(one)))
      // `find` and `search` could be the names of a worker and of a component.
      if (!/\/(find|search)$/.test(path))
        expect(await client.request(path, { method })).toEqual({ status: 405, body: "method not allowed" });
  });
});

test.each([
  "/",
  "/v1",
  "/v1/nothing",
  `${COMPONENT}/nothing`,
  `${WORKER}/nothing`,
  "/v1/api/definitions",
  "//",
  "/%00",
])("%s is not found", async (path) => {
  expect(await client.request(path)).toEqual({ status: 404, body: "not found" });
});

describe("components are searched", () => {
  test("by names and versions", async () => {
    await client.create({ name: "p:one" });
    const { versionedComponentId } = await client.create({ name: "p:two" });
    const search = (components: unknown) =>
      client.request("/v1/components/search", { method: "POST", body: JSON.stringify({ components }) });
    expect(
      await search([{ name: "p:two", version: 0 }, { name: "p:one" }, { name: "p:none" }]),
    ).toMatchObject({
      status: 200,
      body: [{ componentName: "p:two", versionedComponentId }, { componentName: "p:one" }],
    });
    expect(await search([{ name: "p:two", version: 7 }])).toEqual({ status: 200, body: [] });
    expect((await search([{ version: 7 }])).status).toBe(400);
  });
});

describe("an initial file", () => {
  test("is had by its key or its path", async () => {
    const filesPermissions = JSON.stringify({ values: [{ path: "/dir/a.txt", permissions: "read-only" }] });
    const files = zipOf({ "dir/a.txt": "content" });
    const { versionedComponentId } = await client.create({ name: "p:files", files, filesPermissions });
    const path = `/v1/components/${versionedComponentId.componentId}/versions/0/file-contents`;
    const key = createHash("sha256").update("content").digest("hex");
    expect(await client.request(`${path}/${key}`)).toEqual({ status: 200, body: "content" });
    expect(await client.request(`${path}/%2Fdir%2Fa.txt`)).toEqual({ status: 200, body: "content" });
    expect(await client.request(`${path}/..%2F..%2Fholder.json`)).toEqual({
      status: 404,
      body: { error: "File not found: ../../holder.json" },
    });
    expect((await client.request(path.replace("versions/0", "versions/1") + "/a")).status).toBe(404);
  });
});

describe("plugins", () => {
  test("are none, and none can be installed", async () => {
    const { versionedComponentId } = await client.create({ name: "p:plugins" });
    const component = `/v1/components/${versionedComponentId.componentId}`;
    for (const path of ["/v1/plugins", "/v1/plugins/p", `${component}/latest/plugins/installs`])
      expect(await client.request(path)).toEqual({ status: 200, body: [] });
    expect(await client.request(`${component}/latest/plugins/installs`, { method: "POST" })).toEqual({
      status: 400,
      body: { errors: [expect.stringContaining("This host runs no plugins")] },
    });
    expect(await client.request("/v1/plugins/p/1")).toEqual({
      status: 404,
      body: { error: "Plugin not found: p 1" },
    });
  });

  test("are not activated on a worker", async () => {
    const { versionedComponentId } = await client.create({ name: "p:worker" });
    const workers = `/v1/components/${versionedComponentId.componentId}/workers`;
    const body = JSON.stringify({ name: "w", args: [], env: {} });
    await client.request(workers, { method: "POST", body });
    const activate = (worker: string, id: string) =>
      client.request(`${workers}/${worker}/activate-plugin?plugin-installation-id=${id}`, { method: "POST" });
    const id = "00000000-0000-4000-8000-000000000001";
    expect(await activate("w", id)).toEqual({
      status: 500,
      body: { golemError: { type: "InvalidRequest", details: `Plugin installation not found: ${id}` } },
    });
    expect((await activate("nobody", id)).status).toBe(404);
    expect((await activate("w", "x")).status).toBe(400);
  });
});
