import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { createHost, type Host } from "@golem-kit/host";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebComponent } from "./web-component.ts";

const program = `
async function tell(url, init) {
  try {
    const response = await fetch(url, init);
    const { status, redirected } = response;
    return { status, redirected, path: new URL(response.url).pathname, text: await response.text() };
  } catch (error) {
    return error.name + ": " + error.message;
  }
}

const functions = {
  tell,
  async clone(url) {
    const response = await fetch(url);
    const copy = response.clone();
    return [await response.text(), await copy.text(), copy.url === response.url];
  },
  stream: (url) => tell(url, { method: "POST", duplex: "half", body: new Response("streamed").body }),
  aborted: (url) => tell(url, { signal: AbortSignal.abort(new DOMException("enough", "AbortError")) }),
};

export const api = { run: async (name, args) => JSON.stringify(await functions[name](...JSON.parse(args))) };
`;

async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts = await Array.fromAsync(request, String);
  response.end(
    `${request.method} ${parts.join("")} ${[request.headers["x-mine"], request.headers["trailer"]].join("")}`,
  );
}

const compressed: Readonly<Record<string, (text: string) => Buffer>> = {
  "/br": brotliCompressSync,
  "/deflate": deflateSync,
  "/gzip": gzipSync,
};

function serve(request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? "/", "http://origin");
  const [, status] = /^\/redirect\/(\d+)$/.exec(pathname) ?? [];
  const compress = compressed[pathname];
  if (status !== undefined) response.writeHead(Number(status), { location: "/echo" }).end("moved");
  else if (pathname === "/again") response.writeHead(302, { location: "/again" }).end();
  else if (compress !== undefined) {
    response
      .writeHead(200, { "content-encoding": pathname.slice(1) })
      .end(compress("what was small ".repeat(20)));
  } else void echo(request, response);
}

let component: WebComponent;
let server: Server;
let host: Host;
let componentId: string;
let origin: string;

beforeAll(async () => {
  server = createServer(serve).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  component = await WebComponent.build(program);
  host = await createHost({ cacheDir: join(tmpdir(), "golem-kit-web-test"), allow: ["local"] });
  const wasm = await readFile(component.built.wasmPath);
  const created = await host.components.create("test:web", { wasm });
  ({ componentId } = created.versionedComponentId);
});

afterAll(async () => {
  await host.close();
  await component[Symbol.asyncDispose]();
  server.close();
});

async function run(name: string, path: string, ...args: readonly unknown[]): Promise<unknown> {
  const values = [name, JSON.stringify([origin + path, ...args])];
  const call = { function: "test:web-exports/api.{run}", params: { form: "values", values } } as const;
  const answer = await host.workers.invokeAndAwait({ componentId, workerName: "one" }, call);
  return answer.form === "values" ? JSON.parse(String(answer.value)) : undefined;
}

describe("fetch follows redirections", () => {
  test.for([
    [301, "GET "],
    [302, "GET "],
    [303, "GET "],
    [307, "POST body"],
    [308, "POST body"],
  ] as const)("of status %d after a POST", async ([status, text]) => {
    const answer = await run("tell", `/redirect/${status}`, { method: "POST", body: "body" });
    expect(answer).toEqual({ status: 200, redirected: true, path: "/echo", text: `${text} ` });
  });

  test("unless it is not to, or too often", async () => {
    const manual = await run("tell", "/redirect/302", { redirect: "manual" });
    expect(manual).toMatchObject({ status: 302, redirected: false, text: "moved" });
    expect(await run("tell", "/redirect/302", { redirect: "error" })).toMatch(
      /^TypeError: .* is redirected, to \/echo$/,
    );
    expect(await run("tell", "/again")).toMatch(/^TypeError: .* is redirected again, for the 21st time/);
    expect(await run("stream", "/redirect/307")).toMatch(
      /^TypeError: .* its body is a stream, which is sent once/,
    );
  });
});

test.for(["gzip", "deflate"])("fetch decodes %s", async (encoding) => {
  expect(await run("tell", `/${encoding}`)).toMatchObject({
    status: 200,
    text: "what was small ".repeat(20),
  });
});

test("fetch refuses an encoding that it does not decode", async () => {
  expect(await run("tell", "/br")).toMatch(
    /^TypeError: .* answered in the encoding br, which is not decoded here/,
  );
});

test("a header of the connection is left out, and ends no worker", async () => {
  const headers = { trailer: "x", host: "other", te: "trailers", "x-mine": "mine" };
  expect(await run("tell", "/echo", { headers })).toMatchObject({ text: "GET  mine" });
});

test("a response that was fetched is cloned", async () => {
  expect(await run("clone", "/gzip")).toEqual([...Array(2).fill("what was small ".repeat(20)), true]);
});

test("a body that is a stream is sent, and a signal is obeyed", async () => {
  expect(await run("stream", "/echo")).toMatchObject({ text: "POST streamed " });
  expect(await run("aborted", "/echo")).toBe("AbortError: enough");
});
