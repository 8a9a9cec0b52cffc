import { once } from "node:events";

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";

import { type RunningServer, serve } from "../../src/index.ts";
import { Hosted } from "../hosted.ts";

let hosted: Hosted;
let server: RunningServer;
beforeAll(async () => {
  hosted = await Hosted.open(["probe"]);
  server = await serve(hosted.host, { port: 0 });
}, 300_000);
afterAll(async () => {
  await server.close();
  await hosted[Symbol.asyncDispose]();
});

type Frame = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A connection that gives its frames one after the other. */
class Connection {
  readonly socket: WebSocket;
  readonly #frames: Frame[] = [];
  #arrived = Promise.withResolvers<void>();

  constructor(path: string, headers: Readonly<Record<string, string>> = {}) {
    const url = `${server.url.replace("http", "ws")}/v1/components/${path}/connect`;
    this.socket = new WebSocket(url, { headers });
    this.socket.on("message", (data: Buffer) => {
      this.#frames.push(JSON.parse(data.toString("utf8")));
      this.#arrived.resolve();
      this.#arrived = Promise.withResolvers<void>();
    });
    // Ending one that was refused is an error, which matters to nobody.
    this.socket.on("error", () => undefined);
    onTestFinished(() => this.socket.terminate());
  }

  async frames(count: number): Promise<readonly Frame[]> {
    while (this.#frames.length < count) await this.#arrived.promise;
    return this.#frames.splice(0, count);
  }

  /** All up to the end of an invocation. */
  async invocation(): Promise<readonly Frame[]> {
    const frames: Frame[] = [];
    do frames.push(...(await this.frames(1)));
    while (!("InvocationFinished" in (frames.at(-1) ?? {})));
    return frames;
  }

  /** Status and body of the answer that refuses the connection. */
  async refusal(): Promise<readonly [status: number, body: string]> {
    const [, response] = await once(this.socket, "unexpected-response");
    const chunks: Buffer[] = await response.toArray();
    return [response.statusCode, Buffer.concat(chunks).toString("utf8")];
  }
}

const kinds = (frames: readonly Frame[]): readonly string[] => frames.map((each) => Object.keys(each).join());

/** What a call of `say` looks like, whether or not the engine writes a line and its end apart. */
const SAID = ["InvocationStart", "Log", "StdOut", "StdErr", "InvocationFinished"];

describe("connect", () => {
  test("tells what was, then what happens", async () => {
    const worker = hosted.worker("told");
    await worker.callWithKey("key-1", "say", "early");
    const connection = new Connection(`${worker.id.componentId}/workers/told`);
    const history = await connection.invocation();
    expect([...new Set(kinds(history))]).toEqual(SAID);
    const invocation = {
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      function: "test:probe-exports/api.{say}",
      idempotency_key: "key-1",
    };
    expect(history[0]).toEqual({ InvocationStart: invocation });
    expect(history.at(-1)).toEqual({ InvocationFinished: invocation });
    await worker.callWithKey("key-2", "say", "late");
    const live = await connection.invocation();
    expect([...new Set(kinds(live))]).toEqual(SAID);
    expect(live[0]).toMatchObject({ InvocationStart: { idempotency_key: "key-2" } });
  });

  test("shows only the latest 128 events of the past", async () => {
    const worker = hosted.worker("long");
    for (let key = 0; key < 70; key += 1) await worker.callWithKey(`key-${key}`, "add", 1n);
    const connection = new Connection(`${worker.id.componentId}/workers/long`);
    const [first] = await connection.frames(128);
    expect(first).toMatchObject({ InvocationStart: { idempotency_key: "key-6" } });
    await worker.callWithKey("last", "add", 1n);
    expect((await connection.frames(1))[0]).toMatchObject({ InvocationStart: { idempotency_key: "last" } });
  });

  test("goes on after a crash, without telling anything twice", async () => {
    const worker = hosted.worker("crashed");
    await worker.call("add", 1n);
    const connection = new Connection(`${worker.id.componentId}/workers/crashed`);
    await connection.frames(2);
    await worker.crash();
    await worker.callWithKey("after", "add", 1n);
    expect((await connection.frames(2))[0]).toMatchObject({ InvocationStart: { idempotency_key: "after" } });
  });

  test("goes on when the thread of the worker is lost", async () => {
    const worker = hosted.worker("bystander");
    await worker.call("add", 1n);
    const connection = new Connection(`${worker.id.componentId}/workers/bystander`);
    await connection.frames(2);
    // A guest that never yields holds up the only thread: interrupting it costs that thread.
    const busy = hosted.worker("busy");
    await busy.trigger("busy", 2 ** 32 - 1);
    await busy.interrupt();
    await worker.callWithKey("after", "add", 1n);
    expect(await connection.invocation()).toMatchObject([
      { InvocationStart: { idempotency_key: "after" } },
      { InvocationFinished: { idempotency_key: "after" } },
    ]);
  });

  test("finishes every attempt that fails", async () => {
    const worker = hosted.worker("failing");
    await worker.call("retry-fast", 2);
    const connection = new Connection(`${worker.id.componentId}/workers/failing`);
    await connection.frames(2);
    await worker.call("fail", "boom").catch(() => undefined);
    const told: string[] = [];
    while (told.filter((kind) => kind === "InvocationFinished").length < 3)
      told.push(...kinds(await connection.frames(1)));
    expect(told.filter((kind) => kind === "InvocationStart")).toHaveLength(1);
    expect(told).toContain("StdErr");
  });

  test("ends when the worker is deleted", async () => {
    const worker = hosted.worker("deleted");
    await worker.call("add", 1n);
    const connection = new Connection(`${worker.id.componentId}/workers/deleted`);
    await connection.frames(2);
    await hosted.host.workers.delete(worker.id);
    const [code] = await once(connection.socket, "close");
    expect(code).toBe(1005);
  });

  test.each([
    [
      "an unknown worker",
      "COMPONENT/workers/no-such-worker",
      {},
      404,
      "Worker not found: COMPONENT/no-such-worker",
    ],
    ["a bad id", "nonsense/workers/x", {}, 400, "failed to parse path `component_id`"],
    ["a page from elsewhere", "COMPONENT/workers/x", { origin: "https://example.com" }, 403, "not allowed"],
  ])("refuses %s", async (_, path, headers, status, text) => {
    const filled = (template: string): string => template.replace("COMPONENT", hosted.componentId("probe"));
    const [found, body] = await new Connection(filled(path), headers).refusal();
    expect([found, body]).toEqual([status, expect.stringContaining(filled(text))]);
  });

  test("refuses what is no WebSocket", async () => {
    const path = `${server.url}/v1/components/${hosted.componentId("probe")}/workers/x/connect`;
    const response = await fetch(path);
    expect([response.status, await response.text()]).toEqual([400, "invalid protocol"]);
  });
});
