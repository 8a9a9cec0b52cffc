import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildNamed, type ComponentRegistry, deploy } from "@golem-kit/deployment";
import { createHost, type Host, type RunningServer, serve } from "@golem-kit/host";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GolemClient } from "../src/rest/golem-client.ts";

type Built = Parameters<typeof deploy>[1];

let host: Host;
let server: RunningServer;
let built: Built;
let directory: string;

beforeAll(async () => {
  const [catalog] = await buildNamed(["shop:catalog"]);
  if (catalog === undefined) throw new Error("shop:catalog was not built");
  built = catalog;
  directory = await mkdtemp(join(tmpdir(), "golem-kit-deploy-"));
  host = await createHost();
  server = await serve(host, { port: 0 });
});

afterAll(async () => {
  await server.close();
  await host.close();
  await rm(directory, { recursive: true });
});

describe.for<readonly [where: string, registry: () => ComponentRegistry]>([
  ["a host in this process", () => host.components],
  ["a server", () => new GolemClient(server.url)],
])("on %s", ([where, registry]) => {
  /** Deploys a component of its own for each test. */
  async function change(name: string, changes: Partial<Built>): Promise<readonly [string, number]> {
    const { change: made, component } = await deploy(registry(), {
      ...built,
      ...changes,
      name: `${name} on ${where}`,
    });
    return [made, component.versionedComponentId.version];
  }

  test("what is equal stays as it is", async () => {
    expect(await change("equal", {})).toEqual(["created", 0]);
    expect(await change("equal", {})).toEqual(["unchanged", 0]);
  });

  test("another environment is another version", async () => {
    expect(await change("env", { env: { GREETING: "hello" } })).toEqual(["created", 0]);
    expect(await change("env", { env: { GREETING: "hello" } })).toEqual(["unchanged", 0]);
    expect(await change("env", {})).toEqual(["updated", 1]);
  });

  test("another type is another version", async () => {
    expect(await change("type", {})).toEqual(["created", 0]);
    expect(await change("type", { componentType: "ephemeral" })).toEqual(["updated", 1]);
  });

  test("another file, another content and no file are other versions", async () => {
    const sourcePath = join(directory, "greeting.txt");
    const files: Built["files"] = [
      { sourcePath, targetPath: "/data/greeting.txt", permissions: "read-only" },
    ];
    expect(await change("files", {})).toEqual(["created", 0]);
    await writeFile(sourcePath, "hello");
    expect(await change("files", { files })).toEqual(["updated", 1]);
    expect(await change("files", { files })).toEqual(["unchanged", 1]);
    await writeFile(sourcePath, "goodbye");
    expect(await change("files", { files })).toEqual(["updated", 2]);
    expect(await change("files", {})).toEqual(["updated", 3]);
  });

  test("another program is another version", async () => {
    const wasmPath = join(directory, "empty.wasm");
    // The smallest component: a header and no sections.
    await writeFile(wasmPath, Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00));
    expect(await change("program", {})).toEqual(["created", 0]);
    expect(await change("program", { wasmPath })).toEqual(["updated", 1]);
  });

  test("a library is not deployed by itself", async () => {
    await expect(change("library", { componentType: "library" })).rejects.toThrow("is a library");
  });
});
