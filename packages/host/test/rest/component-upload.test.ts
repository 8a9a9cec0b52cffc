import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { Parts, PlainAnswer } from "./component-client.ts";
import { ComponentClient, mailerComponent } from "./component-client.ts";

const UNKNOWN = "00000000-0000-4000-8000-000000000000";
const client = new ComponentClient();
const wasm = await mailerComponent();

const files = zipSync({ "a.txt": strToU8("alpha"), dir: { "b.txt": strToU8("beta") } });
const filesPermissions = JSON.stringify({
  values: [
    { path: "/a.txt", permissions: "read-only" },
    { path: "/dir/b.txt", permissions: "read-write" },
  ],
});
const dynamicLinking = {
  "x:y-client/y-client": {
    type: "WasmRpc",
    targets: { api: { interfaceName: "x:y-exports/api", componentName: "x:y", componentType: "Durable" } },
  },
};

describe("a new component", () => {
  test("is durable, with nothing beside it", async () => {
    const component = await client.create({ name: "a:plain" });
    expect(component).toMatchObject({
      componentName: "a:plain",
      componentSize: wasm.length,
      componentType: "Durable",
      versionedComponentId: { version: 0 },
      metadata: { exports: [{ name: "shop:mailer-exports/api", type: "Instance" }], dynamicLinking: {} },
      files: [],
      env: {},
      installedPlugins: [],
    });
  });

  test("has what each part of the form says", async () => {
    const component = await client.create({
      name: "a:all",
      componentType: "Ephemeral",
      files,
      filesPermissions,
      dynamicLinking: JSON.stringify({ dynamicLinking }),
      env: JSON.stringify({ keyValues: { A: "b" } }),
    });
    expect(component).toMatchObject({
      componentType: "Ephemeral",
      files: [
        { path: "/a.txt", permissions: "read-only" },
        { path: "/dir/b.txt", permissions: "read-write" },
      ],
      metadata: { dynamicLinking },
      env: { A: "b" },
    });
  });

  test("has no files unless the form has both the archive and the permissions", async () => {
    expect((await client.create({ name: "a:files", files })).files).toEqual([]);
    expect((await client.create({ name: "a:permissions", filesPermissions })).files).toEqual([]);
  });

  test("may not have the name of another", async () => {
    const { versionedComponentId } = await client.create({ name: "a:twice" });
    expect(await client.post("/v1/components", { name: "a:twice", component: wasm })).toEqual({
      status: 409,
      body: { error: `Component already exists: ${versionedComponentId.componentId}` },
    });
  });

  test.each<[string, Parts, number, unknown]>([
    ["no component", { name: "a:x" }, 400, "parse multipart error: field `component` is required"],
    ["no name", { component: strToU8("x") }, 400, "parse multipart error: field `name` is required"],
    [
      "a component that is none",
      { name: "a:x", component: strToU8("hello") },
      400,
      { errors: [expect.stringMatching(/^Parsing error: not a component/)] },
    ],
    [
      "a core module",
      { name: "a:x", component: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0) },
      400,
      { errors: [expect.stringMatching(/^Parsing error: not a component/)] },
    ],
    [
      "an unknown type",
      { name: "a:x", component: strToU8("x"), componentType: "Sometimes" },
      400,
      'parse multipart error: failed to parse field `componentType`: Expected input type "ComponentType", found "Sometimes". (occurred while parsing "optional_ComponentType")',
    ],
    [
      "a permission for a missing file",
      {
        name: "a:x",
        component: strToU8("x"),
        files,
        filesPermissions: '{"values":[{"path":"/zzz.txt","permissions":"read-only"}]}',
      },
      400,
      {
        errors: [
          "Malformed component archive error: Didn't find expected file in the archive: /zzz.txt: None",
        ],
      },
    ],
    [
      "a relative path",
      {
        name: "a:x",
        component: strToU8("x"),
        files,
        filesPermissions: '{"values":[{"path":"a.txt","permissions":"read-only"}]}',
      },
      400,
      expect.stringContaining("Path must be absolute"),
    ],
    [
      "a path that leads out",
      {
        name: "a:x",
        component: strToU8("x"),
        files,
        filesPermissions: '{"values":[{"path":"/../a.txt","permissions":"read-only"}]}',
      },
      400,
      expect.stringContaining("Path must be absolute"),
    ],
    [
      "dynamic linking of another shape",
      { name: "a:x", component: strToU8("x"), dynamicLinking: '{"x":1}' },
      400,
      'parse multipart error: failed to parse field `dynamicLinking`: Expected input type "map_DynamicLinkedInstance", found null. (occurred while parsing "DynamicLinking") (occurred while parsing "optional_DynamicLinking")',
    ],
    [
      "too many bytes",
      { name: "a:x", component: new Uint8Array(1_000_001) },
      413,
      expect.stringContaining("1000000"),
    ],
  ])("is refused with %s", async (_, parts, status, body) => {
    expect(await client.post("/v1/components", parts)).toEqual({ status, body });
  });

  test("is refused with an empty name", async () => {
    const answer = await client.post("/v1/components", { name: "", component: wasm });
    expect(answer).toMatchObject({ status: 400, body: { errors: [expect.stringContaining("empty")] } });
  });

  test("comes as a form", async () => {
    const init = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    expect(await client.request("/v1/components", init)).toEqual({
      status: 415,
      body: "the `Content-Type` requested by the client is not supported: application/json",
    });
  });
});

describe("a new version", () => {
  test("keeps type and files that the form leaves out, but neither links nor environment", async () => {
    const first = await client.create({
      name: "b:kept",
      componentType: "Ephemeral",
      files,
      filesPermissions,
      dynamicLinking: JSON.stringify({ dynamicLinking }),
      env: JSON.stringify({ keyValues: { A: "b" } }),
    });
    const { componentId } = first.versionedComponentId;
    const { status, body } = await client.post(`/v1/components/${componentId}/updates`, { component: wasm });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      versionedComponentId: { componentId, version: 1 },
      componentType: "Ephemeral",
      files: first.files,
      metadata: { dynamicLinking: {} },
      env: {},
    });
  });

  test("may be uploaded as it is", async () => {
    const { versionedComponentId } = await client.create({ name: "b:raw" });
    const path = `/v1/components/${versionedComponentId.componentId}/upload`;
    const upload = (query: string, bytes: Uint8Array): Promise<PlainAnswer> => {
      const headers = { "content-type": "application/octet-stream" };
      return client.request(`${path}${query}`, { method: "PUT", body: new Uint8Array(bytes), headers });
    };
    expect(await upload("?component_type=Ephemeral", wasm)).toMatchObject({
      status: 200,
      body: { versionedComponentId: { version: 1 }, componentType: "Ephemeral" },
    });
    expect(await upload("", wasm)).toMatchObject({
      body: { versionedComponentId: { version: 2 }, componentType: "Ephemeral" },
    });
    expect(await upload("", new Uint8Array())).toMatchObject({ status: 400 });
    expect(await upload("?component_type=Sometimes", wasm)).toMatchObject({ status: 400 });
  });

  test("of an unknown component is refused", async () => {
    expect(await client.post(`/v1/components/${UNKNOWN}/updates`, { component: wasm })).toEqual({
      status: 404,
      body: { error: "Component not found" },
    });
  });
});
