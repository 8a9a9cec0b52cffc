import { beforeAll, describe, expect, test } from "vitest";

import { bodyOf, type Handler, Origin } from "../../http/origin.ts";
import { foreignComponent, type RestComponent, RestHost } from "../rest-host.ts";
import { workerOf } from "./step-server.ts";

const host = new RestHost({ allow: ["local"] });
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("it:durable", await foreignComponent("rust-durable"));
});

const fn = (name: string): string => `it:durable/requests.{${name}}`;

const echo: Handler = async (request, response) => {
  response.end(`response is ${String(request.headers["x-test"])} ${await bodyOf(request)}`);
};

describe("a request", () => {
  test("carries headers and a body, and brings an answer", async () => {
    await using origin = await Origin.open({ "/": echo });
    const worker = await workerOf(rust, "post", origin);
    expect(await worker.call(fn("run"))).toBe("200 response is test-header test-body");
  });

  test("is answered from the oplog in a later invocation, after a restart of the server", async () => {
    await using origin = await Origin.open({
      "/": async (request, response) => {
        if (origin.count("/") === 1) await echo(request, response);
        else response.writeHead(404).end();
      },
    });
    const worker = await workerOf(rust, "later", origin);
    await worker.call(fn("send"));
    await host.restart();
    expect(await worker.call(fn("process"))).toBe("200 response is test-header test-body");
    expect(origin.count("/")).toBe(1);
  });

  test("is not sent again, if the worker is lost during a later one", async () => {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    await using origin = await Origin.open({
      "/": echo,
      "/restart": (_, response) => (origin.count("/restart") === 1 ? resolve() : response.end()),
    });
    const worker = await workerOf(rust, "lost", origin);
    const answer = worker.call(fn("run-twice"));
    await asked;
    await worker.crash();
    expect(await answer).toBe("200 response is test-header test-body");
    expect([origin.count("/"), origin.count("/restart")]).toEqual([1, 2]);
  });

  test("whose answer's body was being read goes on after an interruption, with every byte once", async () => {
    const { promise: half, resolve } = Promise.withResolvers<void>();
    let goOn: () => void = () => undefined;
    await using origin = await Origin.open({
      "/slow": (_, response) => {
        const chunk = Buffer.alloc(1_024);
        for (let at = 0; at < 50; at++) response.write(chunk);
        const rest = (): void => {
          for (let at = 0; at < 50; at++) response.write(chunk);
          response.end();
        };
        if (origin.count("/slow") > 1) return rest();
        goOn = rest;
        response.write(Buffer.alloc(0), () => resolve());
      },
    });
    const worker = await workerOf(rust, "stream", origin);
    const key = crypto.randomUUID();
    const answer = worker.invokeWithKey(key, fn("count-body"), "/slow");
    await half;
    await worker.recorded("ImportedFunctionInvoked", "http::types::incoming_body_stream::blocking_read");
    await worker.interrupt();
    expect(await answer).toMatchObject({ status: 500 });
    goOn();
    await worker.resume();
    expect(await worker.invokeWithKey(key, fn("count-body"), "/slow")).toMatchObject({
      status: 200,
      body: { result: { value: [102_400] } },
    });
  });

  test("that takes too long is an error for the program, which goes on", async () => {
    await using origin = await Origin.open({ "/never": () => undefined, "/now": (_, r) => r.end("here") });
    const worker = await workerOf(rust, "time-out", origin);
    expect(await worker.call(fn("get-within"), "/never", 50)).toEqual({
      err: expect.stringMatching(/^ErrorCode::(ConnectionReadTimeout|HttpResponseTimeout)/),
    });
    expect(await worker.call(fn("get-within"), "/now", 20_000)).toEqual({ ok: "200 here" });
  });

  test("whose connection breaks is an error for the program, and the same one in a replay", async () => {
    await using origin = await Origin.open({ "/broken": (request) => request.socket.destroy() });
    const worker = await workerOf(rust, "broken", origin);
    const first = await worker.call(fn("get-within"), "/broken", 20_000);
    expect(first).toEqual({ err: expect.stringMatching(/^ErrorCode::/) });
    await host.restart();
    expect(await worker.call(fn("get-within"), "/missing", 20_000)).toEqual({ ok: "404 no such path" });
    expect(origin.count("/broken")).toBe(1);
  });
});
