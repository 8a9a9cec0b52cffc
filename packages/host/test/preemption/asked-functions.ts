import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";

import type { Hosted, HostedWorker } from "../hosted.ts";
import { BODY, heldOrigin, RESPONSE, TRAILERS, UPLOAD } from "./held-origin.ts";
import { BYTES, heldServer, SINK } from "./held-server.ts";
import type { World } from "./world.ts";

/** A function of the guests in `fixtures/asker` and `fixtures/foreign/rust-asking`. */
export interface Ask {
  /** As in WIT. */
  readonly name: string;
  /** What of the host it calls again and again: `interface.function`. */
  readonly calls: readonly string[];
  /** Replayed, it gets from the oplog what it got, and as often nothing; sockets are not durable. */
  readonly isDurable: boolean;
  readonly world: (worker: HostedWorker, hosted: Hosted) => Promise<World>;
}

const HTTP = "wasi:http/types.[method]";
const STREAMS = "wasi:io/streams.[method]";
const TCP = "wasi:sockets/tcp.[method]tcp-socket.";
const UDP = "wasi:sockets/udp.[method]";

/** Nothing holds the guest up: it is asked for what is there soon. */
function at(target: string, got: string, release: () => void = () => undefined): World {
  return { target, got, asked: Promise.resolve(), release, [Symbol.asyncDispose]: () => Promise.resolve() };
}

async function promise(worker: HostedWorker, { host }: Hosted): Promise<World> {
  const index = Number(await worker.call("create-promise"));
  return at(String(index), "done", () => {
    void host.workers.completePromise(worker.id, index, new TextEncoder().encode("done"));
  });
}

/** Another worker waits for a response that is held back. */
async function callee({ id: { workerName } }: HostedWorker): Promise<World> {
  const origin = await heldOrigin(RESPONSE);
  const { target, asked, got } = origin;
  return {
    target: `${workerName}-called ${target}`,
    asked,
    got,
    release: () => origin.release(),
    [Symbol.asyncDispose]: () => origin[Symbol.asyncDispose](),
  };
}

async function listener(worker: HostedWorker): Promise<World> {
  const port = Number(await worker.call("listen"));
  return at("", "accepted", () => {
    connect({ port, host: "127.0.0.1" }).on("error", () => undefined);
  });
}

async function datagrams(worker: HostedWorker): Promise<World> {
  const port = Number(await worker.call("open-datagrams"));
  const sender = createSocket("udp4");
  return {
    ...at("", "hello", () => sender.send("hello", port, "127.0.0.1")),
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => sender.close(resolve));
    },
  };
}

async function datagramSink(): Promise<World> {
  const sink = createSocket("udp4");
  sink.bind(0, "127.0.0.1");
  await once(sink, "listening");
  return {
    ...at(String(sink.address().port), "1000"),
    [Symbol.asyncDispose]: async () => {
      await new Promise<void>((resolve) => sink.close(resolve));
    },
  };
}

const durable = (name: string, calls: readonly string[], world: Ask["world"]): Ask => ({
  name,
  calls,
  isDurable: true,
  world,
});
const notRecorded = (name: string, calls: readonly string[], world: Ask["world"]): Ask => ({
  name,
  calls,
  isDurable: false,
  world,
});

/** Each function of the host that a guest can call again and again without waiting, called so. */
export const ASKS: readonly Ask[] = [
  durable("response", [`${HTTP}future-incoming-response.get`], () => heldOrigin(RESPONSE)),
  // How often it was asked is not recorded, as on Golem.
  notRecorded("ready", ["wasi:io/poll.[method]pollable.ready"], () => heldOrigin(RESPONSE)),
  durable("poll", ["wasi:io/poll.poll"], () => heldOrigin(RESPONSE)),
  durable("read-body", [`${STREAMS}input-stream.read`], () => heldOrigin(BODY)),
  durable("skip-body", [`${STREAMS}input-stream.skip`], () => heldOrigin({ ...BODY, got: "2" })),
  durable("splice-body", [`${STREAMS}output-stream.splice`], () => heldOrigin({ ...BODY, got: "2" })),
  durable("trailers", [`${HTTP}future-trailers.get`], () => heldOrigin(TRAILERS)),
  durable("write-body", [`${STREAMS}output-stream.check-write`], () => heldOrigin(UPLOAD)),
  notRecorded("read-socket", [`${STREAMS}input-stream.read`], () => heldServer(BYTES)),
  notRecorded("skip-socket", [`${STREAMS}input-stream.skip`], () => heldServer({ ...BYTES, got: "2" })),
  notRecorded("write-socket", [`${STREAMS}output-stream.check-write`], () => heldServer(SINK)),
  notRecorded("connect", [`${TCP}finish-connect`], () => heldServer({ ...BYTES, got: "connected" })),
  notRecorded(
    "accept",
    ["finish-bind", "finish-listen", "accept"].map((name) => `${TCP}${name}`),
    listener,
  ),
  notRecorded(
    "receive",
    [`${UDP}udp-socket.finish-bind`, `${UDP}incoming-datagram-stream.receive`],
    datagrams,
  ),
  notRecorded("send", [`${UDP}outgoing-datagram-stream.check-send`], datagramSink),
  durable("lookup", ["wasi:sockets/ip-name-lookup.[method]resolve-address-stream.resolve-next-address"], () =>
    Promise.resolve(at("127.0.0.1", "1")),
  ),
  durable("promise", ["golem:api/host.poll-promise"], promise),
  durable("call", ["golem:rpc/types.[method]future-invoke-result.get"], callee),
  durable("call-client", [], callee),
];
