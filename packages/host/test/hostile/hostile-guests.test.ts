import { randomBytes } from "node:crypto";

import { beforeAll, describe, expect, test } from "vitest";

import type { OplogPage } from "../../src/index.ts";
import { campaignSize } from "../campaign-size.ts";
import { foreignComponent, type RestComponent, RestHost } from "../rest/rest-host.ts";
import { villainComponent, villainous as fn } from "./villain.ts";

const MEGABYTE = 1024 * 1024;
const PAGE = 65_536;
const MAX_WORKER_MEMORY = 64 * MEGABYTE;
const LINES = campaignSize(20_000, 1_000_000);

/** All on one shard, so that each has the thread of the other. */
const host = new RestHost({ maxWorkerMemory: MAX_WORKER_MEMORY, retryDelays: false });
let villain: RestComponent;
let rust: RestComponent;

beforeAll(async () => {
  villain = await host.deploy("hostile:villain", await villainComponent());
  rust = await host.deploy("golem:it", await foreignComponent("rust-scenarios"));
});

/** A worker that has done something before the hostile one comes. */
async function neighbourOf(name: string) {
  const neighbour = villain.worker(`beside-${name}`);
  await neighbour.call(fn("add"), 40);
  return neighbour;
}

describe("a guest", () => {
  test("that calls itself without end fails, and no other does", async () => {
    const neighbour = await neighbourOf("recursion");
    const worker = villain.worker("recursion");
    const { type, details } = await worker.failure(fn("recurse"));
    expect(type).toBe("RuntimeError");
    expect(details).toMatch(/wasm trap: call stack exhausted$/);
    expect(await worker.status()).toBe("Failed");
    expect(await neighbour.call(fn("add"), 2)).toBe(42);
  });

  test("gets as much memory as the host allows, and no more", async () => {
    const worker = villain.worker("greedy");
    expect(await worker.call(fn("take-memory"))).toBeLessThanOrEqual(MAX_WORKER_MEMORY / PAGE);
    expect((await worker.metadata()).totalLinearMemorySize).toBeLessThanOrEqual(MAX_WORKER_MEMORY);
    expect(await worker.call(fn("add"), 1)).toBe(1);
  });

  test("that has all its memory comes back with it after a crash", async () => {
    const worker = villain.worker("greedy-and-crashed");
    const pages = await worker.call(fn("take-memory"));
    await worker.crash();
    expect(await worker.call(fn("take-memory"))).toBe(pages);
  });

  test("that writes where it has no memory fails, and no other does", async () => {
    const neighbour = await neighbourOf("burst");
    const { details } = await villain.worker("burst").failure(fn("burst"));
    expect(details).toMatch(/wasm trap: out of bounds memory access$/);
    expect(await neighbour.call(fn("add"), 2)).toBe(42);
  });

  test("of a program that allocates without end fails by its own allocator", async () => {
    const { details } = await rust
      .worker("allocating")
      .failure("golem:it/failures.{grow}", 2 * MAX_WORKER_MEMORY);
    expect(details).toContain(`memory allocation of ${2 * MAX_WORKER_MEMORY} bytes failed`);
  });

  test("that writes much to its standard error fails with the end of it", async () => {
    const message = `begin ${"x".repeat(500_000)} end`;
    const { details } = await rust.worker("talkative").failure("golem:it/failures.{panic}", message);
    expect(details.length).toBeLessThan(100_000);
    expect(details).toContain("xxx end");
  });

  test(
    "that writes lines without end has each of them recorded once, also when it crashes after them",
    { timeout: LINES * 10 + 30_000 },
    async () => {
      const neighbour = await neighbourOf("logging");
      const worker = villain.worker("logging");
      await worker.call(fn("log-lines"), LINES);
      await worker.crash();
      await worker.call(fn("add"), 1);
      const { body } = await worker.request("GET", "/oplog", { query: { from: 1, count: 1 } });
      const { lastIndex } = body as OplogPage;
      // Beside the lines: that it was created, crashed, and called twice.
      expect(lastIndex - LINES).toBeGreaterThanOrEqual(5);
      expect(lastIndex - LINES).toBeLessThan(20);
      expect(await neighbour.call(fn("add"), 2)).toBe(42);
    },
  );

  test.each(["use-handle", "drop-handle"])(
    "cannot %s of another worker, whichever number it guesses",
    async (what) => {
      const owner = villain.worker(`owner-${what}`);
      await owner.call(fn("make-handles"), 20);
      for (const guess of [0, 1, 20, 1_000, 2 ** 30, 2 ** 31 + 1, 2 ** 32 - 1]) {
        const { type, details } = await villain.worker(`thief-${what}-${guess}`).failure(fn(what), guess);
        expect({ guess, type, details }).toEqual({
          guess,
          type: "RuntimeError",
          details: expect.stringContaining("unknown handle"),
        });
      }
      expect(await owner.call(fn("use-handle"), 1)).toBe(1);
    },
  );

  test("sees nothing of the environment that the host has", async () => {
    const secret = randomBytes(16).toString("hex");
    process.env["GOLEM_KIT_TEST_SECRET"] = secret;
    const seen = await rust.worker("curious").call("golem:it/surroundings.{get-environment}");
    delete process.env["GOLEM_KIT_TEST_SECRET"];
    const { ok: variables } = seen as { readonly ok: readonly (readonly [string, string])[] };
    expect(JSON.stringify(variables)).not.toContain(secret);
    expect(variables.map(([name]) => name).filter((name) => !name.startsWith("GOLEM_"))).toEqual([]);
  });

  test.each(
    [
      "/etc/passwd",
      "../../../../../../etc/passwd",
      "/../etc/passwd",
      "/proc/self/environ",
      "/dev/zero",
      "a/../../../etc/passwd",
      "/etc/\0passwd",
      `/${"x".repeat(256)}`,
      `/${"x/".repeat(3_000)}`,
    ].map((path) => [path.slice(0, 40), path] as const),
  )("finds nothing at %j", async (_, path) => {
    const worker = rust.worker("lost");
    const read = await worker.call("golem:it/files.{read-file}", path);
    expect(read).toEqual({ err: expect.any(String) });
    const listed = await worker.call("golem:it/files.{list-directory}", path);
    expect(listed).toEqual({ err: expect.any(String) });
  });

  test("cannot link to what lies outside, nor move it in", async () => {
    const worker = rust.worker("linking");
    const done = { ok: null };
    for (const outside of ["/etc/passwd", "/../etc/passwd", "../etc/passwd"])
      for (const what of ["create-link", "rename"])
        expect(await worker.call(`golem:it/files.{${what}}`, outside, "/mine")).not.toEqual(done);
    expect(await worker.call("golem:it/files.{list-directory}", "/")).toEqual({ ok: [] });
  });
});

test("a component that begins with more memory than allowed makes no workers", async () => {
  await host.restart({ maxWorkerMemory: PAGE / 2 });
  const refused = await villain.worker("too-large").failure(fn("add"), 1);
  expect(refused).toMatchObject({
    type: "WorkerCreationFailed",
    details:
      "component begins with 65536 bytes of memory, and workers of this host may have 32768 (maxWorkerMemory)",
  });
  await host.restart();
  expect(await villain.worker("too-large").call(fn("add"), 1)).toBe(1);
});
