import { afterAll, beforeAll, expect, test } from "vitest";

import { Hosted } from "../hosted.ts";
import { bodyOf, Origin } from "./origin.ts";

const SIZE = 5_000_000;

let hosted: Hosted;
let origin: Origin;

beforeAll(async () => {
  hosted = await Hosted.open(["fetcher"]);
  let waiting: (() => void)[] = [];
  origin = await Origin.open({
    "/hello": (_, response) => response.end("hello"),
    "/echo": async (request, response) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ method: request.method, body: JSON.parse(await bodyOf(request)) }));
    },
    // Answers when three were asked: only those who ask side by side get an answer.
    "/together": (_, response) => {
      waiting.push(() => response.end("together"));
      if (waiting.length < 3) return;
      for (const answer of waiting) answer();
      waiting = [];
    },
    "/big": (_, response) => response.end(Buffer.alloc(SIZE, "x")),
    "/cut": (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("not all", () => response.destroy());
    },
  });
}, 60_000);

afterAll(async () => {
  await hosted[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const fetcher = (name: string) => hosted.worker(name, "fetcher");

test("fetch reads a text", async () => {
  expect(await fetcher("text").call("get", origin.url("/hello"))).toBe("hello");
});

test("fetch sends and reads JSON", async () => {
  const answer = await fetcher("json").call("post-json", origin.url("/echo"), '{"amount":2}');
  expect(answer).toBe('{"method":"POST","body":{"amount":2}}');
});

test("fetches of one program run side by side", async () => {
  const urls = [1, 2, 3].map(() => origin.url("/together"));
  expect(await fetcher("together").call("get-all", urls)).toEqual(["together", "together", "together"]);
});

test("fetch streams a body that is larger than any buffer", async () => {
  expect(await fetcher("big").call("measure", origin.url("/big"))).toBe(BigInt(SIZE));
});

test("a status without its body does not hold up the invocation", async () => {
  const worker = fetcher("status");
  expect(await worker.call("status", origin.url("/big"))).toBe(200);
  expect(await worker.call("get", origin.url("/hello"))).toBe("hello");
});

test("a refused connection rejects the promise", async () => {
  const gone = await Origin.open({});
  const url = gone.url("/");
  await gone[Symbol.asyncDispose]();
  expect(await fetcher("refused").call("failing", url)).toMatch(/^TypeError: /);
});

test("an unknown host rejects the promise", async () => {
  expect(await fetcher("unknown").call("failing", "http://no-such-host.invalid/")).toMatch(/^TypeError: /);
});

test("a body that is cut off rejects what reads it", async () => {
  expect(await fetcher("cut").call("failing", origin.url("/cut"))).toMatch(/^TypeError: /);
});
