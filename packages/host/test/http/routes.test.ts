import { inspect } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createHost, RouteError } from "../../src/index.ts";
import { Hosted } from "../hosted.ts";
import { bodyOf, Origin } from "./origin.ts";

let hosted: Hosted;
let origin: Origin;

beforeAll(async () => {
  origin = await Origin.open({
    "/whom": async (request, response) => response.end(`${request.headers.host}: ${await bodyOf(request)}`),
  });
  const here = `http://${origin.authority}`;
  hosted = await Hosted.open(["fetcher"], {
    allow: [],
    routes: { "http://pay.example": here, "https://bank.example:444": here },
  });
}, 60_000);

afterAll(async () => {
  await hosted[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const fetcher = () => hosted.worker(crypto.randomUUID(), "fetcher");

test.each([
  ["http://pay.example/whom", "pay.example: "],
  ["http://PAY.example:80/whom", "pay.example: "],
  ["https://bank.example:444/whom", "bank.example:444: "],
])("a request to %s goes where its origin is routed, and says whom it is for", async (url, answer) => {
  expect(await fetcher().call("get", url)).toBe(answer);
});

test("what is recorded of a request is whom it was for", async () => {
  const worker = fetcher();
  await worker.call("get", "http://pay.example/whom");

  const recorded = inspect(await worker.oplog(), { depth: null });
  expect(recorded).toContain("pay.example/whom");
  expect(recorded).not.toContain(origin.authority);
});

test.each(["https://pay.example/whom", "http://pay.example:81/whom", "http://www.pay.example/whom"])(
  "a request to %s, another origin, is as any other",
  async (url) => {
    expect(await fetcher().call("failing", url)).toMatch(/^TypeError: /);
  },
);

test("where a route leads to is no more open to others than before", async () => {
  const request = { method: "GET", authority: origin.authority, path: "/whom", headers: [], trailers: [] };

  expect(await fetcher().call("send", request)).toEqual({ tag: "err", val: "HTTP-request-denied" });
});

test.each(["pay.example", "ftp://pay.example", "http://pay.example/path", "http://me@pay.example", ""])(
  "a host with a route from or to %j is not opened",
  async (text) => {
    await expect(createHost({ routes: { [text]: "http://127.0.0.1:3000" } })).rejects.toThrow(RouteError);
    await expect(createHost({ routes: { "http://pay.example": text } })).rejects.toThrow(
      `"${text}" is no origin`,
    );
  },
);
