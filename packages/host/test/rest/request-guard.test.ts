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

describe("a server with a token", () => {
  const TOKEN = "0123456789abcdef";
  const secret = guarded(() => new Response("served"), {
    allowedHosts: [],
    maxConcurrentRequests: 1,
    token: TOKEN,
  });
  const answerTo = async (path: string, authorization?: string): Promise<Response> =>
    secret(new Request(`http://localhost${path}`, authorization ? { headers: { authorization } } : {}));

  test("serves who names it", async () => {
    expect((await answerTo("/v1/components", `Bearer ${TOKEN}`)).status).toBe(200);
  });

  test.each([undefined, TOKEN, `Bearer ${TOKEN}0`, "Bearer 0123456789abcdeg", "Basic YTpi"])(
    "refuses who sends %s",
    async (authorization) => {
      const answer = await answerTo("/v1/components", authorization);

      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
      expect(await answer.text()).not.toContain(TOKEN);
    },
  );

  test.each(["/healthcheck", "/version"])("tells everybody that it is there, by %s", async (path) => {
    expect((await answerTo(path)).status).toBe(200);
  });

  test.each(["/healthcheck/", "/version/../v1/components", "//version"])(
    "has no other way in: %s",
    async (path) => {
      expect((await answerTo(path)).status).toBe(401);
    },
  );
});
