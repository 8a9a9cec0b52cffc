import { describe, expect, test } from "vitest";
import { guarded } from "../../src/rest/request-guard.ts";

const serve = guarded(() => new Response("served"), {
  allowedHosts: ["Golem.Test"],
  maxConcurrentRequests: 1,
});

async function statusFor(headers: Readonly<Record<string, string>>): Promise<number> {
  return (await serve(new Request("http://localhost/", { headers }))).status;
}

describe("a guarded server", () => {
  test.each([
    "localhost",
    "localhost:9881",
    "127.0.0.1:9881",
    "[::1]:9881",
    "192.168.1.7",
    "shop.localhost:80",
    "golem.test:9881",
  ])("serves requests for %s", async (host) => {
    expect(await statusFor({ host })).toBe(200);
  });

  test.each([
    "evil.example",
    "evil.example:9881",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "[evil]",
    "",
  ])("refuses requests for %j, whose name may lead anywhere", async (host) => {
    expect(await statusFor({ host })).toBe(403);
  });

  test.each(["http://localhost:3000", "https://golem.test"])("serves pages from %s", async (origin) => {
    expect(await statusFor({ host: "localhost", origin })).toBe(200);
  });

  test.each(["https://evil.example", "null"])("refuses requests of pages from %s", async (origin) => {
    expect(await statusFor({ host: "localhost", origin })).toBe(403);
  });

  test("refuses requests beyond the limit, and serves again when one is done", async () => {
    const answer = Promise.withResolvers<Response>();
    const busy = guarded(() => answer.promise, { allowedHosts: [], maxConcurrentRequests: 1 });
    const first = busy(new Request("http://localhost/"));
    expect((await busy(new Request("http://localhost/"))).status).toBe(503);
    answer.resolve(new Response("done"));
    expect((await first).status).toBe(200);
    expect((await busy(new Request("http://localhost/"))).status).toBe(200);
  });

  test("a request that fails does not count for ever", async () => {
    let fails = true;
    const flaky = guarded(
      () => {
        if (fails) throw new Error("no");
        return new Response("served");
      },
      { allowedHosts: [], maxConcurrentRequests: 1 },
    );
    await expect(flaky(new Request("http://localhost/"))).rejects.toThrow("no");
    fails = false;
    expect((await flaky(new Request("http://localhost/"))).status).toBe(200);
  });
});
