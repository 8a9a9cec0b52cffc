import { beforeAll, describe, expect, test } from "vitest";

import { failure, HostedWorker } from "../hosted.ts";
import { foreignComponent } from "../rest/rest-host.ts";
import { sharedHost } from "../shared-host.ts";
import { type Ask, ASKS } from "./asked-functions.ts";
import { heldOrigin } from "./held-origin.ts";

/** Calls of its neighbour while a guest asks. */
const CALLS = 32;

/** How often a guest may ask in vain meanwhile, and entries that it may write: without a pause it is thousands of times. */
const FEW = 1_000;

const READ = "http::types::incoming_body_stream::read";

const hosted = sharedHost(["asker"], { shards: 1 });
let rustId = "";

beforeAll(async () => {
  const { versionedComponentId } = await hosted().host.components.create("it:asking", {
    wasm: await foreignComponent("rust-asking"),
    dynamicLinking: {
      "it:asking-client/asking-client": {
        type: "WasmRpc",
        targets: {
          api: { interfaceName: "it:asking/api", componentName: "it:asking", componentType: "Durable" },
        },
      },
    },
  });
  rustId = versionedComponentId.componentId;
});

const LANGUAGES = {
  TypeScript: (name: string) => hosted().worker(name, "asker"),
  Rust: (workerName: string) =>
    new HostedWorker(hosted(), { componentId: rustId, workerName }, "it:asking/api"),
} as const;

describe.each(["TypeScript", "Rust"] as const)("a guest in %s that asks without waiting", (language) => {
  const worker = LANGUAGES[language];

  test.each(ASKS)("gets on, and so do others: $name", async ({ name, world, isDurable }: Ask) => {
    const asker = worker(name);
    const neighbour = worker(`${name}-neighbour`);
    await asker.call("add");
    await neighbour.call("add");
    await using outside = await world(asker, hosted());

    const answer = asker.call(name, outside.target);
    await outside.asked;
    for (let calls = 2; calls <= CALLS; calls += 1) expect(await neighbour.call("add")).toBe(calls);
    outside.release();
    const [got, inVain] = (await answer) as readonly [string, number];

    expect(got).toBe(outside.got);
    expect(inVain).toBeLessThan(FEW);
    expect((await asker.oplog()).length).toBeLessThan(FEW);
    if (!isDurable) return;
    await asker.crash();
    expect(await asker.call("add")).toBe(2);
  });

  test("is told that a body is over right after its last byte", async () => {
    const asker = worker("short-body");
    await using origin = await heldOrigin({ after: (response) => response.end("ok"), got: "ok" });
    origin.release();
    await asker.call("read-body", origin.target);
    const reads = (await asker.oplog()).filter(({ entry }) => entry["functionName"] === READ);
    const found = reads.map(({ entry }) => JSON.stringify(entry["response"]));
    const [last, end] = found.slice(-2);
    expect(last).toContain("[111,107]");
    expect(end).toContain("Closed");
  });

  test("and asks while it is lost goes on asking", async () => {
    const asker = worker("lost");
    await using origin = await heldOrigin({ after: (response) => response.end(), got: "200" });
    const answer = asker.call("response", origin.target);
    await origin.asked;
    await asker.crash();
    origin.release();
    expect(await answer).toEqual(["200", expect.any(Number)]);
  });

  test("can be interrupted", async () => {
    const asker = worker("interrupted");
    await using origin = await heldOrigin({ after: (response) => response.end(), got: "200" });
    const outcome = failure(asker.call("response", origin.target));
    await origin.asked;
    await asker.interrupt();
    expect(await outcome).toBe("RuntimeError: Interrupted via the Golem API");
  });

  test("fails at its standard input, which never has anything", async () => {
    expect(await failure(worker("stdin").call("stdin", ""))).toContain("standard input is disabled");
  });
});
