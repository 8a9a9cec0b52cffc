import { afterAll, beforeAll, expect, test } from "vitest";

import { failure, Hosted } from "../hosted.ts";

const HANDLE = "golem:http/incoming-handler.{handle}";
const bytes = (text: string) => new TextEncoder().encode(text);

let hosted: Hosted;

beforeAll(async () => {
  hosted = await Hosted.open(["handler"]);
}, 60_000);

afterAll(() => hosted[Symbol.asyncDispose]());

const workerId = (workerName: string) => ({ componentId: hosted.componentId("handler"), workerName });

const REQUEST = {
  method: { tag: "POST" },
  scheme: { tag: "HTTPS" },
  authority: "shop.example",
  pathAndQuery: "/orders?page=2",
  headers: [["X-Tag", bytes("a")]],
  bodyAndTrailers: { content: bytes("content"), trailers: [["x-sum", bytes("7")]] },
};

async function handle(worker: string, parts: object = {}): Promise<unknown> {
  const values = [{ ...REQUEST, ...parts }];
  const invocation = { function: HANDLE, params: { form: "values", values } } as const;
  const result = await hosted.host.workers.invokeAndAwait(workerId(worker), invocation);
  return result.form === "values" ? result.value : undefined;
}

const seen = (count: number) =>
  bytes(`[${count},"post","HTTPS","shop.example","/orders?page=2",["a"],"content"]`);

test("a component that handles HTTP requests is called with the request as a value", async () => {
  expect(await handle("values")).toEqual({
    status: 201,
    headers: [["x-seen", bytes("yes")]],
    bodyAndTrailers: { content: seen(1), trailers: [["x-sum", bytes("7")]] },
  });
});

test("a response without a body has none", async () => {
  const response = await handle("empty", { pathAndQuery: "/empty", bodyAndTrailers: undefined });
  expect(response).toEqual({ status: 204, headers: [], bodyAndTrailers: undefined });
});

test("a method of the caller's own arrives as it is", async () => {
  const response = await handle("method", { method: { tag: "custom", val: "PURGE" } });
  expect(
    new TextDecoder().decode(
      (response as { bodyAndTrailers: { content: Uint8Array } }).bodyAndTrailers.content,
    ),
  ).toContain('[1,"PURGE",');
});

test("a handler that gives no response fails", async () => {
  expect(await failure(handle("nothing", { pathAndQuery: "/nothing" }))).toContain(
    "The HTTP handler returned without having set a response",
  );
  expect(await failure(handle("error", { pathAndQuery: "/error" }))).toContain(
    "The HTTP handler answered with the error loop-detected",
  );
});

test("requests are replayed", async () => {
  await handle("replayed");
  await hosted.host.workers.interrupt(workerId("replayed"), { recoverImmediately: true });
  expect(await handle("replayed")).toMatchObject({ bodyAndTrailers: { content: seen(2) } });
});

test("Golem's JSON of a request is understood, and the response answered in it", async () => {
  const request = {
    method: { GET: null },
    scheme: { HTTP: null },
    authority: "localhost:8000",
    "path-and-query": "/empty",
    headers: [],
    "body-and-trailers": null,
  };
  const params = { form: "json", params: [{ value: request }] } as const;
  const result = await hosted.host.workers.invokeAndAwait(workerId("json"), { function: HANDLE, params });
  expect(result).toMatchObject({
    form: "json",
    value: [{ status: 204, headers: [], "body-and-trailers": null }],
  });
});

test("the handler is shown among the component's exports", () => {
  const component = hosted.host.components.get(hosted.componentId("handler"));
  const names = component?.metadata.exports.map((each) => Reflect.get(Object(each), "name"));
  expect(names).toEqual(["wasi:http/incoming-handler@0.2.0", "golem:http/incoming-handler"]);
});
