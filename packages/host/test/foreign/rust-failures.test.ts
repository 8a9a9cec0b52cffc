import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest/rest-host.ts";

const host = new RestHost();
let rust: RestComponent;
beforeAll(async () => {
  rust = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
});

const fn = (name: string): string => `golem:it/failures.{${name}}`;

async function errors(name: string): Promise<number> {
  return (await rust.worker(name).oplog()).filter(({ entry }) => entry.type === "Error").length;
}

describe("a Rust component fails", () => {
  test.each([
    ["unreachable", [], "wasm trap: wasm `unreachable` instruction executed"],
    ["out-of-bounds", [4_000_000_000], "wasm trap: out of bounds memory access"],
    ["call-null", [], "wasm trap: undefined element: out of bounds table access"],
  ])("by the trap of %s, which is tried four times", async (name, params, trap) => {
    const { type, details } = await rust.worker(name).failure(fn(name), ...params);
    expect(type).toBe("RuntimeError");
    expect(details).toMatch(/^error while executing at wasm backtrace:\n {4}0: 0x[0-9a-f]+ - /);
    expect(details).toContain(`!golem:it/failures#${name}`);
    expect(details.split("\n").at(-1)).toContain(trap);
    expect(await errors(name)).toBe(4);
    expect((await rust.worker(name).metadata()).status).toBe("Failed");
  });

  test("by a panic, with readable frames and what it wrote to stderr", async () => {
    const worker = rust.worker("panic");
    const { details } = await worker.failure(fn("panic"), "out of paper");
    expect(details).toContain("!std::panicking::rust_panic_with_hook::h");
    expect(details).toContain(
      "<impl lib::bindings::exports::golem::it::failures::Guest for lib::Component>::panic",
    );
    expect(details).toContain(
      "!golem:it/failures#panic: wasm trap: wasm `unreachable` instruction executed\n\n",
    );
    expect(details).toContain(
      "about to panic\nthread '<unnamed>' panicked at 'out of paper', ./src/failures.rs",
    );
    expect(await worker.failure("run")).toEqual({ type: "PreviousInvocationFailed", details });
  });

  test("by endless recursion, which is not tried again", async () => {
    const worker = rust.worker("recursion");
    expect(await worker.call(fn("recurse"), 10)).toBe(0 + 55);
    const { type, details } = await worker.failure(fn("recurse"), 1_000_000_000);
    expect(type).toBe("RuntimeError");
    expect(details).toMatch(/: wasm trap: call stack exhausted$/);
    expect(await errors("recursion")).toBe(1);
    expect(await worker.metadata()).toMatchObject({ status: "Failed", retryCount: 1 });
    await host.restart();
    expect((await worker.metadata()).status).toBe("Failed");
    expect((await worker.failure("run")).type).toBe("PreviousInvocationFailed");
  });

  test("for good only until it is reverted", async () => {
    const worker = rust.worker("reverted");
    await worker.call("golem:it/counters.{inc-global-by}", 3);
    await worker.failure(fn("recurse"), 1_000_000_000);
    await worker.request("POST", "/revert", {
      requestBody: { type: "revertLastInvocations", numberOfInvocations: 1 },
    });
    expect(await worker.call("golem:it/counters.{get-global-value}")).toBe(3);
  });

  test("when there is no more memory to be had", async () => {
    const { details } = await rust.worker("memory").failure(fn("exhaust-memory"));
    expect(details).toContain("wasm trap: wasm `unreachable` instruction executed\n\n");
    expect(details).toMatch(/memory allocation of \d+ bytes failed/);
  });

  test("after some calls, and then every time", async () => {
    const worker = rust.worker("fail-after");
    expect(await worker.call(fn("fail-after"), 2)).toBe(1);
    expect(await worker.call(fn("fail-after"), 2)).toBe(2);
    expect((await worker.failure(fn("fail-after"), 2)).details).toContain("enough after 2 calls");
    expect((await worker.failure(fn("fail-after"), 2)).type).toBe("PreviousInvocationFailed");
  });

  test("by reading standard input", async () => {
    const { details } = await rust.worker("stdin").failure("golem:it/surroundings.{read-stdin}");
    expect(details).toContain("standard input is disabled");
  });
});

test("a Rust component exits, and accepts nothing after", async () => {
  const worker = rust.worker("exit");
  expect((await worker.failure(fn("exit"), 1)).type).toBe("PreviousInvocationExited");
  expect((await worker.metadata()).status).toBe("Exited");
  expect((await worker.failure("run")).type).toBe("PreviousInvocationExited");
});
