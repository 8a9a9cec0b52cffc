import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { failure, Hosted } from "../hosted.ts";
import { bodyOf, Origin } from "./origin.ts";

interface Request {
  readonly method: string;
  readonly authority: string;
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly trailers: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly connectTimeout?: number;
  readonly firstByteTimeout?: number;
  readonly betweenBytesTimeout?: number;
}

let hosted: Hosted;
let origin: Origin;

beforeAll(async () => {
  hosted = await Hosted.open(["fetcher"]);
  origin = await Origin.open({
    "/mirror": async (request, response) => {
      const body = await bodyOf(request);
      const { method, headers, trailers } = request;
      response.end(JSON.stringify({ method, headers, trailers, body }));
    },
    "/headers": (_, response) => {
      response.appendHeader("x-many", "one").appendHeader("x-many", "two").appendHeader("X-Case", "kept");
      response.statusCode = 418;
      response.end();
    },
    "/trailers": (_, response) => {
      response.writeHead(200, { trailer: "x-sum" });
      response.write("body");
      response.addTrailers({ "x-sum": "4" });
      response.end();
    },
    "/silent": () => undefined,
    "/silent-for-good": () => undefined,
    "/half": (_, response) => response.write("half"),
    "/cut": (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("not all", () => response.destroy());
    },
    "/hang-up": (request) => request.destroy(),
    "/not-http": (request) => request.socket.end("SSH-2.0\r\n\r\n"),
    "/size": async (request, response) => response.end(String((await bodyOf(request)).length)),
  });
}, 60_000);

afterAll(async () => {
  await hosted[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

function send(path: string, parts: Partial<Request> = {}): Promise<unknown> {
  const { authority } = origin;
  const request: Request = { method: "GET", authority, path, headers: [], trailers: [], ...parts };
  return hosted.worker("sender", "fetcher").call("send", request);
}

/** What `/mirror` saw. */
async function mirrored(parts: Partial<Request>): Promise<unknown> {
  const answer = await send("/mirror", parts);
  expect(answer).toMatchObject({ tag: "ok", val: { status: 200 } });
  return JSON.parse((answer as { val: { body: string } }).val.body);
}

describe("a request", () => {
  test("without a body has none on the wire", async () => {
    const seen = await mirrored({ headers: [["x-tag", "a"]] });
    expect(seen).toMatchObject({
      method: "GET",
      body: "",
      headers: { host: origin.authority, "x-tag": "a" },
    });
    expect(seen).not.toHaveProperty("headers.transfer-encoding");
    expect(seen).not.toHaveProperty("headers.content-length");
  });

  test("tells the other side its trace", async () => {
    expect(await mirrored({})).toMatchObject({
      headers: { traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/) },
    });
  });

  test("sends each line of a header", async () => {
    const headers = [
      ["x-many", "one"],
      ["X-Many", "two"],
    ] as const;
    expect(await mirrored({ headers })).toMatchObject({ headers: { "x-many": "one, two" } });
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("sends a body with %s", async (method) => {
    const seen = await mirrored({ method, body: "content" });
    expect(seen).toMatchObject({ method, body: "content", headers: { "transfer-encoding": "chunked" } });
  });

  test("keeps the length that the program gives", async () => {
    const seen = await mirrored({ method: "POST", body: "content", headers: [["content-length", "7"]] });
    expect(seen).toMatchObject({ body: "content", headers: { "content-length": "7" } });
  });

  test("may have a method of its own", async () => {
    expect(await mirrored({ method: "PURGE" })).toMatchObject({ method: "PURGE" });
  });

  test("sends trailers", async () => {
    const seen = await mirrored({ method: "POST", body: "content", trailers: [["x-sum", "7"]] });
    expect(seen).toMatchObject({ trailers: { "x-sum": "7" } });
  });

  test("streams a body of any size", async () => {
    const answer = await hosted.worker("uploader", "fetcher").call("upload", origin.authority, 2048);
    expect(answer).toMatchObject({ tag: "ok", val: { body: String(2048 * 1024) } });
  });

  test("whose reader goes away in the middle does not hold up the program", async () => {
    await using rude = await Origin.open({
      "/size": (request) => request.once("data", () => request.destroy()),
    });
    const answer = await hosted.worker("rude", "fetcher").call("upload", rude.authority, 2048);
    expect(answer).toEqual({ tag: "err", val: "connection-terminated" });
  });

  test("that is shorter than it says is not sent whole", async () => {
    const answer = await hosted.worker("short", "fetcher").call("upload-short", origin.authority);
    expect(answer).toBe("HTTP-request-body-size, HTTP-protocol-error");
  });

  test("that makes no sense is refused", async () => {
    const refused = await hosted.worker("invalid", "fetcher").call("invalid");
    expect(refused).toEqual([
      "err",
      "err",
      "err",
      "err",
      "immutable",
      "ok",
      "err",
      "HTTP-request-URI-invalid",
      "HTTP-protocol-error",
    ]);
  });
});

test("fields are told apart without regard to case, and checked", async () => {
  expect(await hosted.worker("fields", "fetcher").call("fields")).toEqual([
    "a,b",
    "true",
    "false",
    "forbidden",
    "invalid-syntax",
    "invalid-syntax",
    "forbidden",
    '[["x-tag","c"]]',
  ]);
});

describe("a response", () => {
  test("has its status and each line of its headers, without those of the connection", async () => {
    const answer = await send("/headers");
    expect(answer).toMatchObject({ tag: "ok", val: { status: 418, body: "" } });
    const { headers } = (answer as { val: { headers: [string, string][] } }).val;
    expect(headers.filter(([name]) => name.startsWith("x-"))).toEqual([
      ["x-many", "one"],
      ["x-many", "two"],
      ["x-case", "kept"],
    ]);
    expect(headers.map(([name]) => name)).not.toContain("connection");
  });

  test("has its trailers", async () => {
    expect(await send("/trailers")).toMatchObject({ val: { body: "body", trailers: [["x-sum", "4"]] } });
  });
});

describe("an error code says that", () => {
  const err = (val: string) => ({ tag: "err", val });

  test("the connection was refused", async () => {
    const gone = await Origin.open({});
    const { authority } = gone;
    await gone[Symbol.asyncDispose]();
    expect(await send("/", { authority })).toEqual(err("connection-refused"));
  });

  test("the host is unknown", async () => {
    const answer = await send("/", { authority: "no-such-host.invalid" });
    expect(["DNS-error", "DNS-timeout"]).toContain((answer as { val: string }).val);
  });

  test("no answer came in time", async () => {
    expect(await send("/silent", { firstByteTimeout: 50 })).toEqual(err("connection-read-timeout"));
  });

  test("the body came to a halt", async () => {
    const answer = await send("/half", { betweenBytesTimeout: 50 });
    expect(answer).toEqual(err("body: connection-read-timeout"));
  });

  test("the body was cut off", async () => {
    expect(await send("/cut")).toEqual(err("body: HTTP-response-incomplete"));
  });

  test("the other side hung up", async () => {
    expect(await send("/hang-up")).toEqual(err("connection-terminated"));
  });

  test("the other side does not speak HTTP", async () => {
    expect(await send("/not-http")).toEqual(err("HTTP-protocol-error"));
  });
});

test("a worker that is interrupted while it waits gives up its connection", async () => {
  const worker = hosted.worker("interrupted", "fetcher");
  const answer = failure(worker.call("get", origin.url("/silent-for-good")));
  await expect.poll(() => origin.count("/silent-for-good"), { timeout: 10_000 }).toBe(1);
  await worker.interrupt();
  expect(await answer).toContain("Interrupted via the Golem API");
  await expect.poll(() => origin.connections(), { timeout: 10_000 }).toBe(0);
});
