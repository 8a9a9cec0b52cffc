import { describe, expect } from "vitest";
import { test } from "../src/index.ts";

const PAY = "http://pay.example";

test.override("hostOptions", { shards: 1, retryDelays: false, allow: [] });
test.override("origins", {
  "http://broken.example": () => {
    throw new Error("no such customer");
  },
  [PAY]: async (request) => new Response(`charged ${await request.text()}`, { status: 201 }),
});

const charge = ["kit:tour-exports/sdk.{http}", "pay.example", "/charges", "12 EUR"] as const;

// Each of them would fail by what the other leaves, in whichever order they run.
describe.each(["one test", "another"])("the world outside of %s", () => {
  test("has its own requests and faults", async ({ worker, outside }) => {
    expect(outside.requests).toEqual([]);
    outside.fail(PAY, { status: 503 }, { times: 2 });

    expect(await worker("kit:tour").invoke(...charge)).toMatchObject({ status: 503 });
    expect(outside.requests).toHaveLength(1);
  });
});

test("the world outside is the same for runs that crash", async ({ everyCrash, outside }) => {
  const report = await everyCrash(({ worker }) => worker("kit:tour", "clerk").invoke(...charge), { runs: 2 });

  expect(report.runs).toBe(2);
  expect(outside.requests.length).toBeGreaterThanOrEqual(4);
});

test("the host is made with the options of the file", async ({ worker }) => {
  const elsewhere = worker("kit:tour").invoke("kit:tour-exports/raw.{http}", "127.0.0.1:1", "/", "");

  await expect(elsewhere).rejects.toThrow("HTTP-request-denied");
});

test.fails("a test fails by a handler that throws", async ({ worker }) => {
  const answer = worker("kit:tour").invoke("kit:tour-exports/sdk.{http}", "broken.example", "/", "");
  // Nothing else may fail.
  await answer.catch(() => undefined);
});
