import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { PublicOplogEntry } from "../../src/index.ts";
import { Hosted, type HostedWorker, type OplogEntries } from "../hosted.ts";

let hosted: Hosted;
beforeAll(async () => {
  hosted = await Hosted.open(["tracer", "probe", "caller"]);
}, 300_000);
afterAll(() => hosted[Symbol.asyncDispose]());

/** The span of the first invocation. */
function rootSpan(oplog: OplogEntries): string {
  const invoked = oplog.find(({ entry }) => entry.type === "ExportedFunctionInvoked");
  if (invoked === undefined) throw new Error("Nothing was invoked");
  const [[root]] = invoked.entry["invocationContext"] as [[{ readonly spanId: string }]];
  return root.spanId;
}

describe("golem:api/context", () => {
  test("nests spans, whose attributes are seen from inside", async () => {
    const worker = hosted.worker("nested", "tracer");
    expect(await worker.call("spans")).toEqual([
      "own blue",
      "parent red",
      "chain blue,red",
      "names inner,outer,invoke-exported-function",
      "absent undefined",
      "inherited colour,function_name,idempotency_key,name,worker_id",
      "chains 2",
      "started true",
      "ids true",
      "back in outer",
      "back in invoke-exported-function",
    ]);
  });

  test("records what is done with spans, and replays it", async () => {
    const worker = hosted.worker("recorded", "tracer");
    await worker.call("spans");
    const oplog = await worker.oplog();
    const spans = oplog.map(({ entry }) => entry).filter(({ type }) => type.includes("Span"));
    const root = rootSpan(oplog);
    const [outer, , inner] = spans.map((entry) => String(entry["spanId"]));
    const text = (value: string) => ({ type: "String", value });
    expect(spans).toMatchObject([
      { type: "StartSpan", spanId: outer, parentId: root, attributes: { name: text("outer") } },
      { type: "SetSpanAttribute", spanId: outer, key: "colour", value: text("red") },
      { type: "StartSpan", spanId: inner, parentId: outer, linkedContext: null },
      { type: "SetSpanAttribute", spanId: inner, key: "colour", value: text("blue") },
      { type: "FinishSpan", spanId: inner },
      { type: "FinishSpan", spanId: outer },
    ]);
    await worker.crash();
    // The replay would diverge if a span were not as recorded.
    await worker.call("note", "replayed");
    expect((await worker.oplog()).filter(({ entry }) => entry.type === "StartSpan")).toHaveLength(2);
  });

  test("goes on in the worker that is called", async () => {
    const caller = hosted.worker("calling", "caller");
    await caller.call("add", "called", 1n);
    const invoked = async (worker: HostedWorker): Promise<PublicOplogEntry | undefined> =>
      (await worker.oplog()).find(({ entry }) => entry.type === "ExportedFunctionInvoked")?.entry;
    const [from, to] = [await invoked(caller), await invoked(hosted.worker("called"))];
    const spanId = rootSpan(await caller.oplog());
    const named = (name: string) => ({ name: { type: "String", value: name } });
    expect(to).toMatchObject({
      traceId: from?.["traceId"],
      invocationContext: [
        [
          { inherited: false, attributes: named("invoke-exported-function") },
          { inherited: true, attributes: named("rpc-invocation") },
          { inherited: true, attributes: named("rpc-connection"), parentId: spanId },
          { inherited: true, attributes: named("invoke-exported-function"), spanId, parentId: null },
        ],
      ],
    });
  });

  test("is an invocation's: a span of its own, with what it is about", async () => {
    const worker = hosted.worker("invoked", "tracer");
    const [was, again, header] = (await worker.callWithKey("key-1", "headers")) as string[];
    const oplog = await worker.oplog();
    const invoked = oplog.find(({ entry }) => entry.type === "ExportedFunctionInvoked")?.entry;
    expect(invoked).toMatchObject({
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      traceStates: [],
      invocationContext: [
        [
          {
            type: "LocalSpan",
            spanId: expect.stringMatching(/^[0-9a-f]{16}$/),
            parentId: null,
            linkedContext: null,
            inherited: false,
            start: invoked?.timestamp,
            attributes: {
              name: { type: "String", value: "invoke-exported-function" },
              function_name: { type: "String", value: "test:tracer-exports/api.{headers}" },
              idempotency_key: { type: "String", value: "key-1" },
              worker_id: { type: "String", value: `${worker.id.componentId}/invoked` },
            },
          },
        ],
      ],
    });
    expect([was, again, header]).toEqual([
      "was true",
      "was false",
      `traceparent: 00-${String(invoked?.["traceId"])}-${rootSpan(oplog)}-00`,
    ]);
  });
});
