import { beforeAll, describe, expect, test } from "vitest";

import { foreignComponent, type RestComponent, RestHost } from "../rest/rest-host.ts";

const host = new RestHost();
let go: RestComponent;
beforeAll(async () => {
  go = await host.deploy("it:go-worker", await foreignComponent("go-worker"));
});

const fn = (name: string): string => `it:go-worker/api.{${name}}`;

describe("a Go component", () => {
  test("keeps its state through a restart of the server", async () => {
    const worker = go.worker("counter");
    await worker.call(fn("add"), 2);
    await host.restart();
    expect(await worker.call(fn("add"), 40)).toBe(42);
  });

  test("takes and gives strings", async () => {
    expect(await go.worker("host").call(fn("greet"), "gopher ʕ◔ϖ◔ʔ")).toBe("Hello gopher ʕ◔ϖ◔ʔ");
  });

  test("imports Golem's interfaces", async () => {
    const worker = go.worker("keys");
    const first = await worker.call(fn("key"));
    expect(await worker.call(fn("key"))).not.toEqual(first);
  });

  test("has the clocks and the randomness of its oplog again when it is replayed", async () => {
    const [one, other] = [go.worker("one"), go.worker("other")];
    const drawn = await one.call(fn("chance"));
    expect(await other.call(fn("chance"))).not.toEqual(drawn);
    await host.restart();
    expect(await one.call(fn("add"), 1)).toBe(1);
  });

  test("runs goroutines side by side", async () => {
    expect(await go.worker("pool").call(fn("side-by-side"))).toBe(120);
  });

  test("prints to the worker's log", async () => {
    const worker = go.worker("printer");
    await worker.call(fn("print"), "ink");
    expect(await worker.oplog()).toContainEqual(
      expect.objectContaining({ entry: expect.objectContaining({ type: "Log", message: "ink\n" }) }),
    );
  });

  test("fails by a panic, with what it was about", async () => {
    const worker = go.worker("panic");
    const { type, details } = await worker.failure(fn("fail"), "out of paper");
    expect(type).toBe("RuntimeError");
    expect(details).toContain("panic: out of paper");
    expect((await worker.metadata()).status).toBe("Failed");
  });
});
