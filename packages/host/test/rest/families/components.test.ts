import { beforeAll, describe, expect, test } from "vitest";

import type { Component } from "../../../src/index.ts";
import { foreignComponent, RestHost } from "../rest-host.ts";

describe("components", () => {
  const host = new RestHost();
  let first: Uint8Array;
  let second: Uint8Array;
  beforeAll(async () => {
    first = await foreignComponent("rust-updates-v1");
    second = await foreignComponent("rust-updates-v2");
  });

  const get = async (path: string): Promise<readonly Component[]> =>
    (await host.request("GET", path)).body as readonly Component[];

  const versionsOf = (components: readonly Component[]) =>
    components.map(({ versionedComponentId }) => versionedComponentId.version);

  test("are listed with what they are", async () => {
    const durable = await host.deploy("it:durable", first);
    const ephemeral = await host.deploy("it:ephemeral", second, { componentType: "Ephemeral" });
    const components = new Map(
      (await get("/v1/components")).map((component) => [
        component.versionedComponentId.componentId,
        component,
      ]),
    );
    expect(components.get(durable.id)).toMatchObject({
      componentName: "it:durable",
      componentType: "Durable",
      componentSize: first.length,
      versionedComponentId: { version: 0 },
      metadata: { exports: [{ type: "Instance", name: "golem:it/api" }], dynamicLinking: {} },
    });
    expect(components.get(ephemeral.id)).toMatchObject({ componentType: "Ephemeral" });
  });

  test("are found by name in all their versions", async () => {
    const component = await host.deploy("it:many-versions", first);
    const path = "/v1/components?component-name=it:many-versions";
    expect(versionsOf(await get(path))).toEqual([0]);
    await component.newVersion(second);
    await component.newVersion(first);
    expect(versionsOf(await get(path))).toEqual([0, 1, 2]);
    expect(await get("/v1/components")).toEqual(expect.arrayContaining([...(await get(path))]));
  });

  test("have a latest version, and others that stay as they were", async () => {
    const component = await host.deploy("it:latest", first);
    await component.newVersion(second, { componentType: "Ephemeral" });
    await component.newVersion(first, { componentType: "Durable" });
    expect(await host.request("GET", `${component.path}/latest`)).toMatchObject({
      status: 200,
      body: { componentName: "it:latest", versionedComponentId: { componentId: component.id, version: 2 } },
    });
    const versions = await get(component.path);
    expect(versionsOf(versions)).toEqual([0, 1, 2]);
    expect(versions.map(({ componentType }) => componentType)).toEqual(["Durable", "Ephemeral", "Durable"]);
    expect(versions.map(({ componentSize }) => componentSize)).toEqual([
      first.length,
      second.length,
      first.length,
    ]);
  });

  test("are searched for by name, with a version or the latest", async () => {
    const component = await host.deploy("it:searched", first);
    await component.newVersion(second);
    const search = async (version?: number) => {
      const requestBody = {
        components: [{ name: "it:searched", ...(version !== undefined && { version }) }],
      };
      const { body } = await host.request("POST", "/v1/components/search", { requestBody });
      return versionsOf(body as readonly Component[]);
    };
    expect(await search()).toEqual([1]);
    expect(await search(0)).toEqual([0]);
    expect(await search(7)).toEqual([]);
  });
});
