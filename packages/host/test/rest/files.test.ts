import { strToU8 } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHost, type Host, type RunningServer, serve } from "../../src/index.ts";
import { FIXTURE_CACHE, fixtureComponent } from "../fixtures/fixture-component.ts";
import { about, goldenExchanges, recordedComponentId, send, type Answer } from "./golden-exchanges.ts";

let host: Host;
let server: RunningServer;
let componentId: string;

beforeAll(async () => {
  host = await createHost({ shards: 1, cacheDir: FIXTURE_CACHE });
  const { versionedComponentId } = await host.components.create("test:files", {
    ...(await fixtureComponent("files")),
    files: [
      {
        path: "/data/read-only.txt",
        permissions: "read-only",
        content: strToU8("initial read-only content"),
      },
      { path: "/data/read-write.txt", permissions: "read-write", content: strToU8("open") },
    ],
  });
  ({ componentId } = versionedComponentId);
  server = await serve(host, { port: 0 });
  // The first instance of a component takes longer than a test may.
  await host.workers.create(componentId, { name: "first" });
  await host.workers.files({ componentId, workerName: "first" }, "/");
}, 120_000);

afterAll(async () => {
  await server.close();
  await host.close();
});

const content = (body: string) => ({ status: 200, contentType: "application/octet-stream", body });

/** Where this host answers otherwise than Golem 1.2.0 did, and how. */
const DEVIATIONS: Readonly<Record<string, unknown>> = {
  // Golem found files in directories only if their slashes were encoded.
  'files "data/read-only.txt"': {
    status: 400,
    body: { errors: ["Bad file type: /data/read-only.txt"] },
  },
  'file-contents "data/read-only.txt"': content("initial read-only content"),
  'file-contents "data/read-write.txt"': content("changed"),
  // The stack is the engine's own.
  "write to the read-only file traps": {
    status: 500,
    body: { golemError: { type: "RuntimeError", details: expect.stringContaining("not-permitted") } },
  },
  "read a missing file traps": {
    status: 500,
    body: { golemError: { type: "RuntimeError", details: expect.stringContaining("no-entry") } },
  },
};

const get = (path: string): Promise<Answer> =>
  send(server.url, {
    label: "",
    method: "GET",
    path: `/v1/components/${componentId}/workers/${path}`,
    status: 0,
    contentType: "",
    response: null,
  });

// A recorded conversation: each exchange builds on those before it.
describe("recorded files", { shuffle: false }, () => {
  const exchanges = goldenExchanges("files");
  const recordedId = recordedComponentId(exchanges);
  test.each(exchanges)("$label", async (recorded) => {
    const exchange = JSON.parse(
      JSON.stringify(about(recorded, recordedId, componentId)).replaceAll("shop:tour", "test:files"),
    ) as typeof recorded;
    const { status, contentType, body } = await send(server.url, exchange);
    const { response } = exchange;
    const golden = { status: exchange.status, contentType: exchange.contentType, body: timeless(response) };
    expect({ status, contentType, body: timeless(body) }).toEqual({
      contentType: expect.any(String),
      ...(DEVIATIONS[exchange.label] ?? golden),
    });
  });
});

/** Seconds since the epoch are numbers; which, is another matter. */
function timeless(body: unknown): unknown {
  return JSON.parse(
    JSON.stringify(body, (key, value: unknown) => (key === "lastModified" ? typeof value : value)),
  );
}

describe("a worker's files", () => {
  test("are listed from the root, directories too", async () => {
    await host.workers.create(componentId, { name: "root" });
    expect(await get("root/files/%2F")).toMatchObject({
      status: 200,
      body: { nodes: [{ kind: "directory", name: "data", permissions: null, size: null }] },
    });
  });

  test("are found by paths with encoded slashes", async () => {
    await host.workers.create(componentId, { name: "encoded" });
    expect(await get("encoded/file-contents/data%2Fread-only.txt")).toMatchObject({
      body: "initial read-only content",
    });
    expect(await get("encoded/files/%2Fdata%2F")).toMatchObject({
      body: { nodes: [{ name: "read-only.txt" }, { name: "read-write.txt" }] },
    });
  });

  test("are all that can be reached", async () => {
    await host.workers.create(componentId, { name: "inside" });
    const outside = await get("inside/file-contents/..%2F..%2Fholder.json");
    expect(outside).toMatchObject({
      status: 400,
      body: { errors: ["Invalid file path: ../../holder.json"] },
    });
    expect(await get("inside/file-contents/%00")).toMatchObject({ status: 400 });
    expect(await get("inside/file-contents/%ff")).toMatchObject({ status: 400 });
    const steps = [
      ["symlink", "../../../holder.json", "link"],
      ["symlink", "data", "folder"],
    ];
    const id = { componentId, workerName: "inside" };
    await host.workers.invokeAndAwait(id, {
      function: "test:files-exports/api.{run}",
      params: { form: "values", values: [steps] },
    });
    expect(await get("inside/file-contents/link")).toMatchObject({
      status: 404,
      body: { error: "File not found: /link" },
    });
    expect(await get("inside/files/%2F")).toMatchObject({
      body: { nodes: [{ name: "data" }, { name: "folder", kind: "directory" }] },
    });
  });

  test("are nobody's without the worker", async () => {
    expect(await get("nobody/files/%2F")).toMatchObject({
      status: 404,
      body: { error: `Worker not found: ${componentId}/nobody` },
    });
    expect(await get("nobody")).toMatchObject({ status: 404 });
  });
});
