import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { LabWorkers } from "./lab-workers.ts";
import { openLab, type Lab } from "./lab.ts";

let lab: Lab;
let workers: LabWorkers;
beforeAll(async () => {
  lab = await openLab();
  workers = new LabWorkers(lab, "durability");
}, 240_000);
afterAll(() => lab[Symbol.asyncDispose]());

/** A worker's life for each entry of an oplog. */
const MANY_LIVES = 120_000;

describe("scopes of settings", () => {
  test("restore what was there before, however they nest, overlap or end", async () => {
    expect(await workers.call("scopes", "scopes")).toEqual([
      "3 1000 true smart",
      "8 5000 false smart",
      "7 5000 true smart",
      "3 1000 true smart",
      "3 1000 true persist-remote-side-effects",
      "3 1000 true smart",
      "12 1000 true smart",
      "3 1000 true smart",
      "3 1000 false persist-remote-side-effects",
      "4 1000 false persist-remote-side-effects",
    ]);
  });

  test(
    "restore the retry policy that was there before, wherever the worker dies",
    async () => {
      for await (const { answer, died } of workers.everyCrash("policy", "attempts-after-scope"))
        expect([died, answer]).toEqual([died, 3]);
    },
    MANY_LIVES,
  );
});

test("wrong uses of scopes, regions and steps end in errors with a code", async () => {
  expect(await workers.call("misuses", "misuses")).toEqual([
    "not-a-function",
    "not-a-function",
    "not-a-function",
    "durable-step-name",
    "codec",
    "scope-open",
    "invalid-retry-policy",
    "invalid-retry-policy",
    "invalid-retry-policy",
    "invalid-duration",
    "atomic-region-ended",
  ]);
});

test("regions that overlap are repeated together, and no finally runs when they are", async () => {
  expect(await workers.call("interleaved", "interleaved-regions")).toBe("done");
  expect(await workers.call("interleaved", "done", "interleaved")).toEqual([
    "first",
    "second",
    "first",
    "second",
    "finally",
  ]);
});

test("a region that fails each time fails the worker, which says why", async () => {
  const message = await workers.failure("hopeless", "hopeless-region");
  expect(message).toContain("An atomic region failed: its effects will be repeated");
  expect(message).toContain("there is no hope");
  const lines = await workers.call("reader", "ledger-of", "hopeless", "hopeless");
  expect(lines).toEqual(["tried", "tried", "tried", "tried"]);
});

describe("a durable step", () => {
  test("is recorded under its name, with its input", async () => {
    await workers.call("recorded", "steps");
    const recorded = (await workers.oplog("recorded")).find(({ functionName }) => functionName === "left");
    expect(recorded).toMatchObject({
      request: { value: [...Buffer.from('{"of":"left"}')] },
      wrappedFunctionType: { type: "WriteRemote" },
    });
  });

  test(
    "runs beside others, and does nothing twice, wherever the worker dies",
    async () => {
      for await (const { answer, died } of workers.everyCrash("steps", "steps"))
        expect([died, answer]).toEqual([died, ["left 2", "right 2", "outer of inner 2"]]);
    },
    MANY_LIVES,
  );

  test("answers what is recorded, whatever it would answer now", async () => {
    expect(await workers.call("counter", "count-workers", "counted")).toBe(0);
    await workers.call("counted-1", "done", "");
    await workers.crash("counter");
    expect(await workers.call("counter", "count-workers", "counted")).toBe(1);
  });

  test.each([
    ["name", 'The durable step "step found" is replayed, but the oplog has "step missing" in its place'],
    [
      "input",
      'The durable step "step" is replayed with the input {"input":"found"}, but was recorded with {"input":"missing"}',
    ],
  ])("with another %s on replay says what it expected and found", async (part, message) => {
    const worker = `fickle-${part}`;
    expect(await workers.call(worker, "fickle-step", `${worker}-marker`, part)).toBe("done");
    await workers.call(`${worker}-marker`, "done", "");
    await workers.crash(worker);
    expect(await workers.failure(worker, "done", "")).toContain(message);
  });

  test("is replayed though the engine has collected its garbage", async () => {
    expect(await workers.call("wasteful", "wasteful-step")).toBe(11_000);
    await workers.crash("wasteful");
    expect(await workers.call("wasteful", "done", "wasteful")).toHaveLength(10);
  });

  test.each([
    ["goes on in the middle", "write-remote", true, ["one", "two"]],
    ["is done again as a whole if it is batched", "write-remote-batched", true, ["one", "one", "two"]],
    ["is given up if it may not be repeated", "write-remote", false, ["one"]],
  ] as const)("%s when the worker dies there", async (_, type, idempotent, lines) => {
    const undisturbed = `typed-${type}-${idempotent}`;
    expect(await workers.call(undisturbed, "typed-step", type, idempotent)).toBe("whole");
    const oplog = await workers.oplog(undisturbed);
    const firstWrite =
      oplog.findIndex(({ functionName }) => String(functionName).endsWith("eventual::set")) + 1;
    const worker = `${undisturbed}-dying`;
    const outcome = await workers
      .callDying(worker, firstWrite, "typed-step", type, idempotent)
      .catch((error: unknown) => String(error));
    expect(outcome).toContain(
      idempotent ? "whole" : "Non-idempotent remote write operation was not completed",
    );
    // The worker that was given up answers no more; its ledger is every worker's.
    expect(await workers.call("reader", "ledger-of", worker, "typed")).toEqual(lines);
  });

  test("throws what its body throws, gives nothing for nothing, and checks its result with the schema", async () => {
    for (const worker of ["caught", "caught"])
      expect(await workers.call(worker, "caught-steps")).toEqual([
        "as it is",
        "2026-01-02T03:04:05.000Z",
        "durable-step-value",
        "undefined",
      ]);
    await workers.crash("caught");
    expect(await workers.call("caught", "done", "thrown")).toEqual(["once", "once"]);
  });
});
