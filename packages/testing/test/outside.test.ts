import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  everyCrash,
  type Fault,
  openOutside,
  openWorkspace,
  type Outside,
  type Workspace,
} from "../src/index.ts";

const PAY = "http://pay.example";

let outside: Outside;
let workspace: Workspace;

beforeAll(async () => {
  outside = await openOutside({
    [PAY]: async (request) => new Response(`charged ${await request.text()}`, { status: 201 }),
    "http://mail.example:81": () => Response.error(),
  });
  workspace = await openWorkspace({ host: { shards: 1, retryDelays: false, routes: outside.routes } });
}, 120_000);

beforeEach(() => outside.reset());

afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await outside[Symbol.asyncDispose]();
});

const charge = (authority = "pay.example"): Promise<unknown> =>
  workspace.worker("kit:tour").invoke("kit:tour-exports/raw.{http}", authority, "/charges?now", "12 EUR");

test("a guest's request is answered by the test", async () => {
  expect(await charge()).toEqual({ status: 201, body: "charged 12 EUR" });
});

test("requests are kept as they were made", async () => {
  await charge();
  const [request, ...more] = outside.requests;

  expect(more).toEqual([]);
  expect(request).toMatchObject({ method: "POST", url: "http://pay.example/charges?now" });
  expect(request?.headers.get("host")).toBe("pay.example");
  expect(request?.headers.get("content-type")).toBe("text/plain");
  expect(await request?.text()).toBe("12 EUR");
});

test("a connection that ends without an answer has called no handler", async () => {
  outside.fail(PAY, "disconnect");

  await expect(charge()).rejects.toThrow("connection-terminated");
  expect(await charge()).toMatchObject({ status: 201 });
  expect(outside.requests).toHaveLength(2);
});

test("a server that is down refuses connections until it is back", async () => {
  await outside.refuse(PAY);
  const failure = await charge().then(() => "charged", String);
  await outside.accept(PAY);

  expect(failure).toContain("connection-refused");
  expect(await charge()).toMatchObject({ status: 201 });
  expect(outside.requests).toHaveLength(1);
});

test("an answer that is lost was given all the same", async () => {
  let charged = 0;
  await using pay = await openOutside({
    [PAY]: () => {
      charged += 1;
      return new Response();
    },
  });
  pay.fail(PAY, "lose-answer");
  const { [PAY]: url = "" } = pay.routes;

  await expect(fetch(url)).rejects.toThrow("fetch failed");
  expect(charged).toBe(1);
});

test.each([0, 3, 100])(
  "a guest whose answer is cut after %d bytes cannot read it to its end",
  async (cutBodyAfter) => {
    outside.fail(PAY, { cutBodyAfter });

    await expect(charge()).rejects.toThrow("blockingRead");
    expect(await charge()).toMatchObject({ status: 201 });
  },
);

test("what comes of an answer that is cut are its first bytes", async () => {
  outside.fail(PAY, { cutBodyAfter: 3 });
  const { body } = await fetch(outside.routes[PAY] ?? "", { method: "POST", body: "12 EUR" });
  let text = "";

  const reading = (async () => {
    for await (const chunk of body ?? []) text += Buffer.from(chunk).toString();
  })();

  await expect(reading).rejects.toThrow("terminated");
  expect(text).toBe("cha");
});

test("a status comes as often as asked for", async () => {
  outside.fail(PAY, { status: 503 }, { times: 2 });

  const statuses = [await charge(), await charge(), await charge()];
  expect(statuses).toMatchObject([{ status: 503, body: "" }, { status: 503 }, { status: 201 }]);
});

test("an answer waits until the test lets it come", async () => {
  const gate = Promise.withResolvers<void>();
  outside.fail(PAY, { until: gate.promise });
  const charging = charge();
  await expect.poll(() => outside.requests, { timeout: 10_000 }).toHaveLength(1);

  gate.resolve();

  expect(await charging).toMatchObject({ status: 201 });
});

test("a request without an answer fails when its time is over", async () => {
  outside.fail(PAY, { until: new Promise(() => undefined) });
  const failing = charge().then(() => "charged", String);
  await expect.poll(() => outside.requests, { timeout: 10_000 }).toHaveLength(1);

  await workspace.host.clock.advance("11 minutes");

  expect(await failing).toContain("connection-read-timeout");
});

test("a request that a crash interrupts is sent again", { timeout: 120_000 }, async () => {
  let most = 0;

  const report = await everyCrash(
    workspace,
    async ({ worker }) => {
      const post = "kit:tour-exports/sdk.{http}";
      const answer = await worker("kit:tour", "clerk").invoke(post, "pay.example", "/charges", "12 EUR");
      most = Math.max(most, outside.requests.length);
      return answer;
    },
    { prepare: async () => outside.reset() },
  );

  expect(report).toMatchObject({ runs: report.entries, unreached: [] });
  expect(most).toBe(2);
});

test("Response.error() ends the connection", async () => {
  await expect(charge("mail.example:81")).rejects.toThrow("connection-terminated");
});

test("a handler that throws is answered for, and told when it is asked for, or all is over", async () => {
  const broken = await openOutside({
    [PAY]: async (request) => {
      throw new Error(`no such customer: ${await request.text()}`);
    },
  });
  const { [PAY]: url = "" } = broken.routes;
  const ask = (body: string) => fetch(url, { method: "POST", body });

  expect(await ask("ada")).toMatchObject({ status: 500 });
  expect(() => broken.check()).toThrow("no such customer: ada");
  expect(() => broken.check()).not.toThrow();

  await ask("bob");
  await ask("eve");
  const errors = [new Error("no such customer: bob"), new Error("no such customer: eve")];
  await expect(broken.close()).rejects.toMatchObject({ errors });
});

test.for(["prices.example", "ftp://prices.example", "https://prices.example/tea"])(
  "%s is refused as an origin",
  async (origin) => {
    await expect(openOutside({ [origin]: () => new Response() })).rejects.toThrow(
      `"${origin}" is no origin: write scheme and name`,
    );
  },
);

test.for([-1, 0, 1.5, Number.NaN])("%d times is no number of faults", (times) => {
  expect(() => outside.fail(PAY, "disconnect", { times })).toThrow("times must be a whole number from 1");
});

test.for(["explode", { status: 42 }, { cutBodyAfter: -1 }, { until: "later" }])(
  "%j is no fault of a request",
  (fault) => {
    // A caller without types.
    expect(() => outside.fail(PAY, fault as Fault)).toThrow(
      `There is no fault ${JSON.stringify(fault)}. A request goes wrong by "disconnect", "lose-answer", {`,
    );
  },
);

test("an unknown origin is answered with the nearest one", () => {
  expect(() => outside.fail("http://pay.exampel", "disconnect")).toThrow(`Did you mean "${PAY}"?`);
});
