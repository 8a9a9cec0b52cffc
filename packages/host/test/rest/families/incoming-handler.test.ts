import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";

const host = new RestHost();
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("it:durable", await foreignComponent("rust-durable"));
});

const HANDLE = "golem:http/incoming-handler.{handle}";
const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];

function request(method: string, content: string | null = null, parts: object = {}): object {
  return {
    method: { [method]: null },
    scheme: { HTTP: null },
    authority: "localhost:8000",
    "path-and-query": "/foo?bar=baz",
    headers: [],
    "body-and-trailers": content === null ? null : { content: bytes(content), trailers: null },
    ...parts,
  };
}

describe("a component that answers HTTP requests", () => {
  test("is asked by a virtual function", async () => {
    expect(await rust.worker("asked").call(HANDLE, request("GET"))).toMatchObject({
      status: 200,
      headers: [],
    });
  });

  test("gets and gives headers, bodies and trailers", async () => {
    const answer = await rust.worker("echo").call(
      HANDLE,
      request("POST", null, {
        headers: [["test-header", bytes("foobar")]],
        "body-and-trailers": {
          content: bytes("test-body"),
          trailers: [["test-trailer", bytes("barfoo")]],
        },
      }),
    );
    expect(answer).toMatchObject({
      status: 200,
      headers: expect.arrayContaining([
        ["echo-test-header", bytes("foobar")],
        ["x-method", bytes("POST")],
        ["x-location", bytes("http://localhost:8000/foo?bar=baz")],
      ]),
      "body-and-trailers": {
        content: bytes("test-body"),
        trailers: [["echo-test-trailer", bytes("barfoo")]],
      },
    });
  });

  test("keeps its state between requests and through a restart of the server", async () => {
    const worker = rust.worker("state");
    expect(await worker.call(HANDLE, request("PUT", "1"))).toMatchObject({ status: 200 });
    const kept = { status: 200, "body-and-trailers": { content: bytes("1") } };
    expect(await worker.call(HANDLE, request("GET"))).toMatchObject(kept);
    await host.restart();
    expect(await worker.call(HANDLE, request("GET"))).toMatchObject(kept);
  });
});
