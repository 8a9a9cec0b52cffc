import { isSdkError, jsonCodec, type Implementation, type Result } from "@golem-kit/sdk";
import { openContainer } from "@golem-kit/sdk/blobstore";
import { sleep, timeout } from "@golem-kit/sdk/clock";
import { withSpan } from "@golem-kit/sdk/context";
import { atomically, durable, idempotencyKey, retryPolicy, withRetryPolicy } from "@golem-kit/sdk/durability";
import { variable } from "@golem-kit/sdk/env";
import { readFile, writeFile } from "@golem-kit/sdk/fs";
import { fetch, httpHandler } from "@golem-kit/sdk/http";
import { readableStream } from "@golem-kit/sdk/io";
import { openBucket } from "@golem-kit/sdk/keyvalue";
import { logger } from "@golem-kit/sdk/logging";
import { readOplog } from "@golem-kit/sdk/oplog";
import { createPromise } from "@golem-kit/sdk/promise";
import { randomUUID } from "@golem-kit/sdk/random";
import { remoteFunction, remoteWorker, wit } from "@golem-kit/sdk/remote";
import { call, type Future } from "@golem-kit/sdk/rpc";
import { snapshots } from "@golem-kit/sdk/snapshot";
import { connect } from "@golem-kit/sdk/sockets";
import { fallibleTransaction, operation } from "@golem-kit/sdk/transaction";
import { self, where, workers } from "@golem-kit/sdk/worker";
import type { InputStream } from "wasi:io/streams@0.2.0";

interface Api {
  place(sku: string): Result<bigint, string>;
  count(): number;
}

interface Product {
  readonly name: string;
  readonly note?: string;
}

const log = logger("consumer");
const products = openBucket<Product>("products");
const receipts = openContainer("receipts", { create: true });
const sent = remoteFunction("a:b/c.{sent}", { params: [wit.list(wit.string)], result: wit.option(wit.u32) });
const reserve = operation({
  name: "reserve",
  execute: async (sku: string) => `${sku}#1`,
  compensate: (sku, reservation) => log.warn("released", { sku, reservation }),
});

async function place(sku: string): Promise<Result<bigint, string>> {
  const product = await products.get(sku);
  if (product === undefined) return { tag: "err", val: `no ${sku}` };
  await products.set(sku, product.note === undefined ? { name: sku } : { name: sku, note: product.note });
  const key = idempotencyKey();
  const answer = await durable<string>("charge", { sku }, async () => {
    const response = await timeout("5 s", (signal) => fetch(variable("URL"), { signal, headers: { key } }));
    return response.text();
  });
  await withRetryPolicy({ ...retryPolicy(), maxAttempts: 10 }, () =>
    atomically(() => receipts.put(`${sku}.txt`, answer)),
  );
  await durable("note", sku, () => log.info(sku));
  const done = await fallibleTransaction((transaction) => transaction.run(reserve, sku));
  return done.tag === "ok" ? { tag: "ok", val: BigInt(done.val.length) } : { tag: "err", val: done.val.code };
}

/** Reads what it is given, in every way that waits. */
export async function read(stream: InputStream, future: Future<string>): Promise<readonly string[]> {
  await writeFile("note.txt", await new Response(readableStream(stream)).text());
  const [text, answer] = await Promise.all([
    readFile("note.txt", "utf8"),
    call(future),
    sleep({ seconds: 1 }),
  ]);
  using connection = await connect({ host: "localhost", port: 7 });
  await new Response(text).body?.pipeTo(connection.writable);
  const seen: string[] = [];
  for await (const worker of workers("a:b", where.status("idle"))) seen.push(worker.env["REGION"] ?? "");
  for await (const entry of readOplog(self())) if (entry.type === "log") seen.push(entry.message);
  const decision = await createPromise<{ readonly approved: boolean }>().wait({ timeout: "1 h" });
  await createPromise<void>().complete();
  using remote = remoteWorker("a:b", randomUUID());
  const count = await withSpan("asking", { answer }, () =>
    remote.call(sent, [answer, String(decision.approved)]),
  );
  return [...seen, String(count?.toFixed())];
}

const visits: string[] = [];
const codec = jsonCodec<string[]>();
const access = { codec, save: () => visits, load: (saved: string[]) => void visits.push(...saved) };

export const { saveSnapshot, loadSnapshot } = snapshots(access);

export const api: Implementation<Api> = { place, count: () => visits.length };

export const incomingHandler = httpHandler(async (request) => {
  try {
    return Response.json(await place(new URL(request.url).pathname));
  } catch (error) {
    if (isSdkError(error, "timeout")) return new Response(error.operation, { status: 504 });
    throw error;
  }
});
