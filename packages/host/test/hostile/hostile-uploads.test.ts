import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { zipSync } from "fflate";
import { expect, test } from "vitest";

import type { Component } from "../../src/index.ts";
import { claimSize } from "../fixtures/zip-headers.ts";
import { ComponentClient, mailerComponent } from "../rest/component-client.ts";

const client = new ComponentClient();

test.each([
  ["nothing", new Uint8Array()],
  ["a text", new TextEncoder().encode("#!/bin/sh")],
  ["the beginning of a component", new Uint8Array([0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 1, 0xff, 0xff])],
])("%s is no component, and the server says why", async (_, component) => {
  const answer = await client.post("/v1/components", { name: `h:${crypto.randomUUID()}`, component });
  expect(answer).toMatchObject({
    status: 400,
    body: { errors: [expect.stringMatching(/^Parsing error: /)] },
  });
});

test("a component with 10,000 exports is described", async () => {
  const functions = Array.from({ length: 10_000 }, (_, number) => `call${number}: func();`).join(" ");
  const witSource = `package h:many; interface api { ${functions} } world many { export api; }`;
  const component = await componentNew(await componentEmbed({ dummy: true, witSource }));
  const { metadata } = await client.host.components.create("h:many", { wasm: component });
  const [api] = metadata.exports as { functions: unknown[] }[];
  expect(api?.functions).toHaveLength(10_000);
});

/** An archive of zeros, many times as large as what the server accepts. */
function bomb(): Uint8Array {
  return zipSync({ "bomb.txt": new Uint8Array(8 * 1024 * 1024) }, { level: 9 });
}

/** The same archive, which claims to unpack to 100 bytes. */
function lyingBomb(): Uint8Array {
  const archive = bomb();
  claimSize(archive, 100);
  return archive;
}

async function bombed(archive: Uint8Array) {
  return client.post("/v1/components", {
    name: `h:${crypto.randomUUID()}`,
    component: await mailerComponent(),
    filesPermissions: JSON.stringify({ values: [{ path: "/bomb.txt", permissions: "read-only" }] }),
    files: archive,
  });
}

test("a decompression bomb is refused before it is unpacked", async () => {
  expect(await bombed(bomb())).toMatchObject({
    status: 400,
    body: { errors: [expect.stringContaining("bytes that are accepted")] },
  });
});

test("a decompression bomb that claims to be small is refused", async () => {
  expect(await bombed(lyingBomb())).toMatchObject({
    status: 400,
    body: { errors: [expect.stringContaining("bomb.txt is not what the archive says of it")] },
  });
});

test("the server goes on after all of them", async () => {
  const { componentName } = await client.create({ name: "h:after" });
  expect(
    (await client.request(`/v1/components?component-name=${componentName}`)).body as Component[],
  ).toHaveLength(1);
});
