import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { failure, Hosted, story } from "../hosted.ts";
import { bodyOf, Origin } from "./origin.ts";

let hosted: Hosted;
let origin: Origin;
/** Whether `/slow` and `/half` answer, or leave who asks waiting. */
let answers: boolean;

beforeAll(async () => {
  hosted = await Hosted.open(["fetcher"]);
}, 60_000);

afterAll(() => hosted[Symbol.asyncDispose]());

beforeEach(async () => {
  answers = true;
  origin = await Origin.open({
    "/hello": (_, response) => response.end(`hello ${origin.count("/hello")}`),
    "/slow": (_, response) => {
      if (answers) response.end(`answer ${origin.count("/slow")}`);
    },
    "/half": (_, response) => {
      response.write(`half ${origin.count("/half")}`);
      if (answers) response.end();
    },
    "/size": async (request, response) => response.end(String((await bodyOf(request)).length)),
    "/trailers": (_, response) => {
      response.writeHead(200, { trailer: "x-sum" }).write("body");
      response.addTrailers({ "x-sum": "4" });
      response.end();
    },
  });
});

afterEach(() => origin[Symbol.asyncDispose]());

const fetcher = () => hosted.worker(crypto.randomUUID(), "fetcher");

const eventually = { interval: 20, timeout: 10_000 };

const remote = (entries: readonly string[]) =>
  entries.filter((entry) => /RemoteWrite|Span|http::/.test(entry));

const GET = "ImportedFunctionInvoked http::types::future_incoming_response::get";
const READ = "ImportedFunctionInvoked http::types::incoming_body_stream::read";

test("a request is recorded as one remote write, with everything that is read of its response", async () => {
  const worker = fetcher();
  await worker.call("get", origin.url("/hello"));
  const entries = await worker.oplog();
  expect(remote(story(entries))).toEqual([
    "BeginRemoteWrite",
    "StartSpan",
    GET,
    READ,
    READ,
    "EndRemoteWrite",
    "FinishSpan",
  ]);
  const begin = entries.find(({ entry }) => entry.type === "BeginRemoteWrite")?.oplogIndex;
  expect(entries.find(({ entry }) => entry.type === "EndRemoteWrite")?.entry).toMatchObject({
    beginIndex: begin,
  });
  const get = entries.find(
    ({ entry }) => entry["functionName"] === "http::types::future_incoming_response::get",
  );
  expect(get?.entry).toMatchObject({
    request: {
      value: { uri: `${origin.authority}/hello`, method: { Get: null }, headers: expect.any(Array) },
    },
    response: { value: { HeadersReceived: { status: 200, headers: expect.any(Array) } } },
    wrappedFunctionType: { type: "WriteRemoteBatched", index: begin },
  });
});

test("a replay sends nothing again and sees the same", async () => {
  const worker = fetcher();
  expect(await worker.callWithKey("k", "get", origin.url("/hello"))).toBe("hello 1");
  await hosted.restart();
  expect(await worker.call("get", origin.url("/hello"))).toBe("hello 2");
  expect(await worker.callWithKey("k", "get", origin.url("/hello"))).toBe("hello 1");
  expect(origin.count("/hello")).toBe(2);
});

test("a failure and its error code are replayed", async () => {
  const worker = fetcher();
  const request = { method: "GET", authority: origin.authority, path: "/half", headers: [], trailers: [] };
  answers = false;
  const cut = { tag: "err", val: "body: connection-read-timeout" };
  expect(await worker.call("send", { ...request, betweenBytesTimeout: 30 })).toEqual(cut);
  await worker.crash();
  answers = true;
  expect(await worker.call("send", request)).toMatchObject({ tag: "ok", val: { body: "half 2" } });
});

test("trailers are replayed", async () => {
  const worker = fetcher();
  const request = {
    method: "GET",
    authority: origin.authority,
    path: "/trailers",
    headers: [],
    trailers: [],
  };
  const whole = { tag: "ok", val: { body: "body", trailers: [["x-sum", "4"]] } };
  expect(await worker.call("send", request)).toMatchObject(whole);
  await worker.crash();
  expect(await worker.call("send", request)).toMatchObject(whole);
  expect(origin.count("/trailers")).toBe(2);
});

test("an upload that waited for its reader is replayed without one", async () => {
  const worker = fetcher();
  const uploaded = (kilobytes: number) => ({ tag: "ok", val: { body: String(kilobytes * 1024) } });
  expect(await worker.call("upload", origin.authority, 512)).toMatchObject(uploaded(512));
  await worker.crash();
  expect(await worker.call("upload", origin.authority, 1)).toMatchObject(uploaded(1));
  expect(origin.count("/size")).toBe(2);
});

test("a response that the program does not read is over with its invocation", async () => {
  const worker = fetcher();
  expect(await worker.call("status", origin.url("/hello"))).toBe(200);
  expect(await worker.call("get", origin.url("/hello"))).toBe("hello 2");
  await worker.crash();
  expect(await worker.call("get", origin.url("/hello"))).toBe("hello 3");
  expect(origin.count("/hello")).toBe(3);
});

test("a remote write that must not be repeated is recorded between its begin and its end", async () => {
  const worker = fetcher();
  const key = await worker.callWithKey("k", "key-without-retry");
  const entries = story(await worker.oplog());
  const at = entries.indexOf("BeginRemoteWrite");
  expect(entries.slice(at, at + 3)).toEqual([
    "BeginRemoteWrite",
    "ImportedFunctionInvoked golem api::generate_idempotency_key",
    "EndRemoteWrite",
  ]);
  await worker.crash();
  await worker.call("get", origin.url("/hello"));
  expect(await worker.callWithKey("k", "key-without-retry")).toBe(key);
});

describe("a crash", () => {
  test("while the request waits for its answer has it sent again", async () => {
    const worker = fetcher();
    answers = false;
    const result = worker.call("get", origin.url("/slow"));
    await expect.poll(() => origin.count("/slow"), eventually).toBe(1);
    answers = true;
    await worker.crash();
    expect(await result).toBe("answer 2");
    expect(remote(story(await worker.oplog()))).toContain("EndRemoteWrite");
  });

  test("between the response and its body has the request sent again", async () => {
    const worker = fetcher();
    const result = worker.call("get-with-pause", origin.url("/hello"), 300);
    await expect.poll(async () => story(await worker.oplog()), eventually).toContain(GET);
    await worker.crash();
    expect(await result).toBe("hello 2");
    expect(origin.count("/hello")).toBe(2);
    expect(story(await worker.oplog())).toContain("Jump");
  });

  test("in the middle of the body has the request sent again, and no part of it twice", async () => {
    const worker = fetcher();
    answers = false;
    const result = worker.call("get", origin.url("/half"));
    await expect.poll(async () => story(await worker.oplog()), eventually).toContain(READ);
    answers = true;
    await worker.crash();
    expect(await result).toBe("half 2");
  });

  test("while one of several requests is open repeats those that ended after its begin", async () => {
    const worker = fetcher();
    answers = false;
    const result = worker.call("get-all", [origin.url("/hello"), origin.url("/slow")]);
    await expect
      .poll(async () => remote(story(await worker.oplog())), eventually)
      .toContain("EndRemoteWrite");
    answers = true;
    await worker.crash();
    expect(await result).toEqual(["hello 2", "answer 2"]);
    // What is recorded now is whole.
    await worker.crash();
    expect(await worker.call("get", origin.url("/hello"))).toBe("hello 3");
    expect(origin.count("/slow")).toBe(2);
  });

  test("has nothing sent again if the program said that requests must not be repeated", async () => {
    const worker = fetcher();
    answers = false;
    const result = failure(worker.call("get-without-retry", origin.url("/slow")));
    await expect.poll(() => origin.count("/slow"), eventually).toBe(1);
    await worker.crash();
    expect(await result).toContain("Non-idempotent remote write operation was not completed, cannot retry");
    expect(origin.count("/slow")).toBe(1);
    expect(await worker.status()).toBe("Failed");
  });
});
