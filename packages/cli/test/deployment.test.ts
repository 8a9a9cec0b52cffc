import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildNamed, type ComponentRegistry, deploy } from "@golem-kit/deployment";
import { type Component, createHost, type Host, type RunningServer, serve } from "@golem-kit/host";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GolemClient } from "../src/rest/golem-client.ts";
import { untilReady } from "../src/rest/until-ready.ts";
import { copyApplication } from "./copy-application.ts";
import { golemKit, golemKitIn } from "./golem-kit.ts";

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

test("a server that knows no environment of components, as Golem 1.2.0, gets no version for it each time", async () => {
  const { components } = host;
  const old: ComponentRegistry = {
    list: (name) =>
      components
        .list(name)
        .map((component) => JSON.parse(JSON.stringify({ ...component, env: undefined })) as Component),
    create: (name, upload) => components.create(name, upload),
    update: (componentId, upload) => components.update(componentId, upload),
    download: (componentId, version) => components.download(componentId, version),
  };
  const one = { ...built, name: "shop:surrounded", env: { GREETING: "hello" } };

  expect((await deploy(old, one)).change).toBe("created");
  expect((await deploy(old, one)).change).toBe("unchanged");
});

test("from another clone of the same commit nothing is deployed", { timeout: 240_000 }, async () => {
  const changes: string[] = [];
  for (let clone = 0; clone < 2; clone += 1) {
    let remove = async (): Promise<void> => undefined;
    const application = await copyApplication((removal) => {
      remove = removal;
    });
    // A clone has nothing that was made.
    for (const made of ["dist", "generated", "wit-generated"])
      await rm(join(application, "components/orders", made), { recursive: true });
    const args = ["--url", server.url, "shop:orders"] as const;
    const { code, stdout, stderr } = await golemKitIn(application, "deploy", ...args);
    await remove();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("shop:orders built in");
    changes.push(/shop:orders (created|updated|unchanged)/.exec(stdout)?.[1] ?? stdout);
  }
  expect(changes).toEqual(["created", "unchanged"]);
});

test("deploying waits, when it is asked to, until a call waits for nothing, and leaves no worker", async () => {
  const args = ["--url", server.url, "shop:catalog"] as const;
  const told = await golemKit("deploy", ...args);
  const waited = await golemKit("deploy", "--wait", ...args);

  expect(told.stdout).toContain("The server compiles what is new: a first call may wait for that");
  expect(waited.stdout).toMatch(/✔ shop:catalog unchanged .*\n✔ shop:catalog ready after [\d.]+ s\n$/);
  expect(waited.stdout).not.toContain("a first call may wait");
  expect((await golemKit("workers", ...args)).stdout).toBe("");
});

test("what can never be ready is said by the one who waits for it", async () => {
  const client = new GolemClient(server.url);
  const linked = await deploy(client, { ...built, name: "shop:whole" });
  await untilReady(client, linked.component);
  // Nothing is linked to what this one imports.
  const [cart] = await buildNamed(["shop:cart"]);
  if (cart === undefined) throw new Error("shop:cart was not built");
  const { component } = await deploy(client, { ...cart, name: "shop:lost", dynamicLinking: {} });

  await expect(untilReady(client, component)).rejects.toThrow("WorkerCreationFailed");
});
