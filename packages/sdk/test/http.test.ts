import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type Lab, openLab } from "./lab.ts";
import { Origin } from "./origin.ts";

const BUILD_TIMEOUT = 180_000;

let lab: Lab;
let origin: Origin;
beforeAll(async () => {
  [lab, origin] = await Promise.all([openLab(), Origin.open()]);
}, BUILD_TIMEOUT);
afterAll(() => Promise.all([lab[Symbol.asyncDispose](), origin[Symbol.asyncDispose]()]));

const request = (scenario: string, ...values: string[]) => lab.wait("http", scenario, origin.url, ...values);

describe("fetch", () => {
  test("sends bodies of every kind, with their length where it is known", async () => {
    const sent = (text: string, type: string | null, length: string | null) => ({
      method: "POST",
      url: "/echo",
      type,
      length,
      text,
    });
    expect(await request("bodies")).toEqual([
      sent("text", "text/plain;charset=UTF-8", "4"),
      sent("bytes", null, "5"),
      sent("a=1+2", "application/x-www-form-urlencoded;charset=UTF-8", "5"),
      sent("blob", "text/x-blob", "4"),
      sent("of parts", null, null),
      sent("stream", null, null),
      sent("", null, "0"),
    ]);
  });

  test("takes a Request", async () => {
    expect(await request("request")).toMatchObject({ method: "PUT", url: "/echo?a=1", text: "of a request" });
  });

  test("gives a Response", async () => {
    expect(await request("response")).toEqual({
      status: 200,
      ok: true,
      redirected: false,
      headers: [["x-server", "origin"]],
      url: `${origin.url}/now`,
      text: "now",
      head: null,
    });
  });

  test("sends and receives trailers", async () => {
    expect(await request("trailers")).toEqual(["ab", [["x-seen", "after the body"]], null]);
  });

  test("follows redirections as browsers do", async () => {
    expect(await request("redirections")).toEqual([
      [true, "/echo", expect.objectContaining({ method: "GET", text: "" })],
      expect.objectContaining({ method: "POST", text: "kept" }),
      302,
      "HttpError redirect",
      "HttpError redirect",
      "HttpError redirect",
    ]);
  });

  test("fails with the platform's code, or the caller's reason", async () => {
    const gone = await Origin.open();
    await gone[Symbol.asyncDispose]();
    expect(await request("failures", gone.url)).toEqual([
      "HttpError connection-refused",
      "HttpError DNS-error",
      "HttpError timeout",
      "HttpError timeout",
      expect.stringMatching(/^HttpError (HTTP-response-incomplete|connection-terminated)$/),
      "HttpError connection-read-timeout",
      "TimeoutError: TimeoutError",
      "Error: no more",
      expect.stringMatching(/^TypeError/),
    ]);
  });

  test("lets go of a body that never ends, and tells who makes it", async () => {
    expect(await request("stuck")).toEqual([
      "HttpError timeout",
      "TimeoutError: TimeoutError",
      "stream",
      "generator",
    ]);
  });

  test("refuses what leads nowhere, and says why", async () => {
    expect(await request("malformed")).toEqual([
      `redirect GET ${origin.url}/astray failed (redirect): it is redirected to "http://[astray", which is no URL`,
      expect.stringMatching(/^invalid-request GET [^@]* failed \(invalid-request\): its URL has a user name/),
      expect.stringMatching(/^invalid-request .*it begins with ftp:, not with http: or https:$/),
      expect.stringMatching(/^invalid-request .*it begins with data:, not with http: or https:$/),
    ]);
  });

  test("streams a body out and in at the same time", async () => {
    expect(await request("large", "2000000")).toBe(2_000_000);
  });

  test("is not held up by bodies that nobody reads", async () => {
    expect(await request("unread")).toBe("now");
  });

  test("repeats neither a request nor its key when it is replayed", async () => {
    const worker = { componentId: lab.componentId, workerName: "charging" };
    const first = await lab.wait("charging", "charge", origin.url);
    await lab.host.workers.interrupt(worker, { recoverImmediately: true });
    const second = await lab.wait("charging", "charge", origin.url);
    expect(origin.keys).toEqual([first, second]);
    expect(first).not.toBe(second);
  });

  test.each(["trailers", "redirections", "stuck", "malformed"])(
    "leaves no handle behind: %s",
    async (scenario) => {
      const workerName = `${scenario}-handles`;
      await lab.wait(workerName, scenario, origin.url);
      expect(await lab.host.workers.handles({ componentId: lab.componentId, workerName })).toEqual({});
    },
  );

  test("takes a key of one's own", async () => {
    expect(await lab.wait("http", "keys")).toEqual([
      { "Idempotency-Key": expect.stringMatching(/^[\da-f-]{36}$/) },
      { "Idempotency-Key": "mine" },
    ]);
  });
});

describe("an HTTP handler", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  interface HandledResponse {
    readonly status: number;
    readonly headers: readonly (readonly [string, Uint8Array])[];
    readonly bodyAndTrailers?: {
      readonly content: Uint8Array;
      readonly trailers?: readonly (readonly [string, Uint8Array])[];
    };
  }

  async function handle(pathAndQuery: string, parts: object = {}): Promise<HandledResponse> {
    const value = {
      method: { tag: "POST" },
      scheme: { tag: "HTTPS" },
      authority: "shop.example",
      pathAndQuery,
      headers: [["x-tag", bytes("a")]],
      bodyAndTrailers: { content: bytes("content") },
      ...parts,
    };
    const answer = await lab.call("handler", "golem:http/incoming-handler.{handle}", value);
    return answer as HandledResponse;
  }

  const text = ({ bodyAndTrailers }: HandledResponse) => new TextDecoder().decode(bodyAndTrailers?.content);

  test("sees a Request and answers a Response", async () => {
    const response = await handle("/orders?page=2");
    expect(response.status).toBe(200);
    expect(JSON.parse(text(response))).toMatchObject({
      method: "POST",
      url: "https://shop.example/orders?page=2",
      tag: "a",
      text: "content",
    });
  });

  test("may answer without a body", async () => {
    const parts = { method: { tag: "GET" }, bodyAndTrailers: undefined };
    expect(await handle("/empty", parts)).toMatchObject({ status: 204, bodyAndTrailers: undefined });
  });

  test("passes a body on as it comes, with trailers of its own", async () => {
    const response = await handle("/back");
    expect(text(response)).toBe("content");
    expect(response.bodyAndTrailers?.trailers).toEqual([["x-length", bytes("told at the end")]]);
  });

  test("sees trailers", async () => {
    const response = await handle("/trailers", {
      headers: [["trailer", bytes("x-sum")]],
      bodyAndTrailers: { content: bytes("content"), trailers: [["x-sum", bytes("7")]] },
    });
    expect(JSON.parse(text(response))).toEqual([["x-sum", "7"]]);
  });

  test("may produce its response little by little", async () => {
    expect(text(await handle("/slowly"))).toBe("at last");
  });

  test("answers 500 for an exception, and goes on", async () => {
    expect(await handle("/throw")).toMatchObject({ status: 500 });
    expect(await handle("/slowly")).toMatchObject({ status: 200 });
  });
});
