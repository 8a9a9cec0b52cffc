import { describe, expect, test } from "vitest";
import type { Component } from "../../src/index.ts";
import { ComponentClient, mailerComponent } from "./component-client.ts";

const UNKNOWN = "00000000-0000-4000-8000-000000000000";
const client = new ComponentClient();
const wasm = await mailerComponent();

describe("components", () => {
  test("are listed, by name too", async () => {
    const { versionedComponentId } = await client.create({ name: "c:listed" });
    expect(await client.request("/v1/components?component-name=c:listed")).toMatchObject({
      status: 200,
      body: [{ componentName: "c:listed", versionedComponentId }],
    });
    expect(await client.request("/v1/components?component-name=no:such")).toEqual({ status: 200, body: [] });
    const { body } = await client.request("/v1/components");
    expect((body as Component[]).map(({ componentName }) => componentName)).toContain("c:listed");
  });

  test("are had by version, and downloaded", async () => {
    const { versionedComponentId } = await client.create({ name: "c:versions" });
    const path = `/v1/components/${versionedComponentId.componentId}`;
    await client.post(`${path}/updates`, { component: wasm });
    expect(await client.request(path)).toMatchObject({
      body: [{ versionedComponentId: { version: 0 } }, { versionedComponentId: { version: 1 } }],
    });
    expect(await client.request(`${path}/latest`)).toMatchObject({
      body: { versionedComponentId: { version: 1 } },
    });
    expect(await client.request(`${path}/versions/0`)).toMatchObject({
      body: { versionedComponentId: { version: 0 } },
    });
    const download = await fetch(`${client.url}${path}/download?version=0`);
    expect(download.headers.get("content-type")).toBe("application/octet-stream");
    expect(Buffer.compare(await download.bytes(), wasm)).toBe(0);
    expect(await client.request(`${path}/download?version=9`)).toMatchObject({ status: 404 });
    expect(await client.request(`${path}/versions/9`)).toEqual({
      status: 404,
      body: { error: "Component not found" },
    });
    expect(await client.request(`${path}/versions/x`)).toEqual({
      status: 400,
      body: { errors: ["Invalid version"] },
    });
  });

  test("that are unknown have no versions", async () => {
    expect(await client.request(`/v1/components/${UNKNOWN}`)).toEqual({ status: 200, body: [] });
    expect(await client.request(`/v1/components/${UNKNOWN}/latest`)).toEqual({
      status: 404,
      body: { error: "Component not found" },
    });
    expect(await client.request(`/v1/components/${UNKNOWN}/download`)).toEqual({
      status: 404,
      body: { error: `Unknown component id: ${UNKNOWN}` },
    });
  });

  test.each([
    [
      "not-a-uuid",
      "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `n` at 1",
    ],
    ["abc", "invalid length: expected length 32 for simple format, found 3"],
    ["00-00", "invalid group count: expected 5, found 2"],
  ])("do not have the id %s", async (id, problem) => {
    expect(await client.request(`/v1/components/${id}`)).toEqual({
      status: 400,
      body: `failed to parse path \`component_id\`: failed to parse "string(ComponentId)": ${problem}`,
    });
  });
});

describe("other paths", () => {
  test.each([
    ["GET", "/healthcheck", 200, {}],
    ["GET", "/version", 200, { version: expect.any(String) }],
    ["GET", "/v1/plugins", 200, []],
    ["GET", "/v1/nothing", 404, "not found"],
    ["GET", "/", 404, "not found"],
    ["DELETE", "/v1/components", 405, "method not allowed"],
  ])("%s %s answers %i", async (method, path, status, body) => {
    expect(await client.request(path, { method })).toEqual({ status, body });
  });
});
