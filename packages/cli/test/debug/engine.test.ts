import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyApplication } from "../copy-application.ts";
import { type End, golemKitIn } from "../golem-kit.ts";
import { type ShopServer, startShop } from "./shop-server.ts";

const FAILURE = 'throw new Error("as it was recorded")';

/** Names that programs look for, to find out where they run. */
const OF_NODE = [
  "process",
  "global",
  "setImmediate",
  "navigator",
  "WebSocket",
  "Intl",
  "WebAssembly",
  "Atomics",
];
const OF_THE_WEB = [
  "AbortController",
  "Blob",
  "CompressionStream",
  "FormData",
  "Headers",
  "ReadableStream",
  "Response",
];

const files = {
  "golem.yaml": "components:\n  test:engine:\n    template: ts\n",
  "package.json": '{ "name": "@test/engine", "private": true, "type": "module" }',
  "tsconfig.json": '{ "extends": "../../tsconfig.component.json" }',
  "wit/engine.wit": `package test:engine;

interface api {
  draw: func() -> list<f64>;
  ids: func() -> list<string>;
  times: func() -> list<f64>;
  timers: func() -> list<string>;
  compute: func() -> list<string>;
  messages: func() -> list<string>;
  globals: func() -> list<string>;
  write: func();
  fetch-something: func() -> string;
  fail: func() -> string;
}

world engine {
  export api;
}
`,
  "src/main.ts": `
async function timers(): Promise<string[]> {
  const order: string[] = [];
  const wait = (name: string, ms: number) =>
    new Promise<void>((done) => setTimeout(() => { order.push(name); done(); }, ms));
  let ticks = 0;
  const ticking = new Promise<void>((done) => {
    const id = setInterval(() => {
      ticks += 1;
      if (ticks === 3) { clearInterval(id); done(); }
    }, 4);
  });
  await Promise.all([wait("long", 20), wait("short", 5), ticking]);
  clearTimeout(setTimeout(() => order.push("never"), 1));
  await wait("last", 0);
  return [...order, String(ticks)];
}

async function compute(): Promise<string[]> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(3));
  const key = await crypto.subtle.importKey("raw", new Uint8Array(32), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, new Uint8Array(5));
  const zipped = new Blob(["tea".repeat(1000)]).stream().pipeThrough(new CompressionStream("gzip"));
  const text = await new Response(zipped.pipeThrough(new DecompressionStream("gzip"))).text();
  return [digest, signature].map((each) => new Uint8Array(each).toHex()).concat(String(text.length), String(Date.now()));
}

function messages(): string[] {
  const bodies = ["h\\u00e4llo", new Uint8Array(3), new URLSearchParams({ a: "b" }), new Blob(["xy"], { type: "text/css" }), null];
  const made = bodies.flatMap((body) => [
    new Response(body),
    new Response(body, { headers: { "content-length": "9" } }),
    new Request("http://shop.example", { method: "POST", body }),
  ]);
  return [...made, Response.json({ a: 1 })].map(({ headers }) => JSON.stringify([...headers]));
}

export const api = {
  draw: () => Float64Array.from({ length: 3 }, Math.random),
  ids: () => [crypto.randomUUID(), crypto.getRandomValues(new Uint32Array(2)).join()],
  times: () =>
    Float64Array.of(Date.now(), new Date().getTime(), performance.now(), performance.now(), Date.parse(Date())),
  timers,
  compute,
  messages,
  globals: () => ${JSON.stringify([...OF_NODE, ...OF_THE_WEB])}.filter((name) => name in globalThis),
  write(): void {
    console.log("tea", { sku: 1 });
    console.error("no tea");
  },
  fetchSomething: () => fetch("http://127.0.0.1:1/").then(({ status }) => String(status), () => "unreachable"),
  fail(): string {
    ${FAILURE};
  },
};
`,
};

let application: string;
let removeApplication = async (): Promise<void> => undefined;
let server: ShopServer;

beforeAll(async () => {
  application = await copyApplication((remove) => {
    removeApplication = remove;
  });
  for (const [path, text] of Object.entries(files)) {
    const file = join(application, "components/engine", path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  server = await startShop(["test:engine"], application);
}, 180_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await removeApplication();
});

async function debug(worker: string): Promise<End> {
  return golemKitIn(application, "debug", "test:engine", worker, "--url", server.url, "--no-wait");
}

describe("Node replays the engine's", () => {
  test.for(["draw", "ids", "times", "timers", "compute", "messages", "globals", "write"])(
    "%s, with the result that it had in the component",
    async (name) => {
      await server.call("test:engine", name, name);
      await server.call("test:engine", name, name);
      const { code, stdout, stderr } = await debug(name);

      // The program of "write" writes there, too.
      expect({ code, stdout, failure: code === 0 ? "" : stderr }).toEqual({
        code: 0,
        failure: "",
        stdout: expect.stringMatching(/All \d+ entries are replayed/),
      });
    },
  );

  test("failure, with its place in the TypeScript", async () => {
    await expect(server.call("test:engine", "failed", "fail")).rejects.toThrow("as it was recorded");
    const { code, stdout } = await debug("failed");
    const line = files["src/main.ts"].split("\n").findIndex((text) => text.includes(FAILURE)) + 1;

    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/Then the program fails:\nError: as it was recorded\n/),
    });
    expect(stdout).toContain(`components/engine/src/main.ts:${line}:`);
  });

  test("`fetch` not, and says what to use instead", async () => {
    await server.call("test:engine", "fetching", "fetch-something");
    const { code, stdout, stderr } = await debug("fetching");

    expect(code).toBe(1);
    expect(stdout + stderr).toContain("The global `fetch` cannot be replayed in Node");
  });
});

test("other sources than the worker's are said, and where they differ", async () => {
  await server.call("test:engine", "older", "draw");
  const main = join(application, "components/engine/src/main.ts");
  const before = await readFile(main, "utf8");
  await writeFile(main, before.replace("draw: () =>", "draw: () => Date.now() > 0 &&"));
  const { code, stdout } = await debug("older");
  await writeFile(main, before);

  expect(code).toBe(1);
  expect(stdout).toContain(
    "The worker runs version 0 of test:engine, which is not what is built from the sources as they are now.",
  );
  expect(stdout).toContain("Replay diverged at oplog index 4: the component does a call of wall_clock::now");
  expect(stdout).toMatch(/at components\/engine\/src\/main\.ts:\d+:\d+; nothing is done\./);
});
