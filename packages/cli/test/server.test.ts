import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServer, type ServerProcess } from "../src/index.ts";
import { copyApplication } from "./copy-application.ts";
import { applicationRoot, golemKit, golemKitIn } from "./golem-kit.ts";

let directory: string;
let server: ServerProcess;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "golem-kit-serve-"));
  server = await startServer({ dataDir: directory, cacheDir: join(applicationRoot, ".golem", "cache") });
  const { code, stderr } = await golemKit("deploy", "--url", server.url);
  if (code !== 0) throw new Error(stderr);
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

async function invoke(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await golemKit("invoke", "--url", server.url, ...args);
  if (code !== 0) throw new Error(stderr);
  return stdout.trimEnd();
}

test("what is deployed already is left as it is", async () => {
  const { code, stdout } = await golemKit("deploy", "--url", server.url, "shop:orders");

  expect(code).toBe(0);
  expect(stdout).toMatch(/shop:orders unchanged version 0/);
});

test("what cannot be built, and what calls it, keeps nothing else from being deployed", async () => {
  const application = await copyApplication();
  await appendFile(join(application, "components/orders/src/main.ts"), "\nexport const broken = ;\n");

  const { code, stdout, stderr } = await golemKitIn(application, "deploy", "--url", server.url);

  expect(code).toBe(1);
  expect(stdout).toContain("shop:catalog unchanged");
  expect(stdout).toContain("! shop:cart is not deployed: it calls shop:orders, which is not either\n");
  expect(stdout).toContain("! kit:tour is not deployed: it calls shop:orders, which is not either\n");
  expect(stdout).not.toContain("shop:cart unchanged");
  expect(stderr).toMatch(/^✖ \S*orders\/src\/main\.ts:\d+/);
});

test("values go in and come out as WAVE", async () => {
  const line = '{sku: "tea", quantity: 2, price: 450}';

  expect(await invoke("shop:orders", "wave", "add-line", line)).toBe("ok(1)");
  expect(await invoke("shop:orders", "wave", "place", "{express}")).toMatch(
    /^ok\(\{id: "wave", lines: \[\{sku: "tea", quantity: 2, price: 450\}\], status: placed, delivery: \{express\}/,
  );
});

test("a call under the same key runs once", async () => {
  const call = [
    "--idempotency-key",
    "k1",
    "shop:orders",
    "key",
    "add-line",
    '{"sku":"tea","quantity":1,"price":1}',
  ];

  expect(await invoke(...call)).toBe("ok(1)");
  expect(await invoke(...call)).toBe("ok(1)");
});

test("a call that is not awaited prints nothing, and is done before the next", async () => {
  const line = '{sku: "mug", quantity: 1, price: 1}';

  expect(await invoke("--no-await", "shop:orders", "soon", "add-line", line)).toBe("");
  expect(await invoke("shop:orders", "soon", "add-line", line)).toBe("ok(2)");
});

test("a call of a resource goes by its constructor's arguments", async () => {
  await invoke("shop:orders", "bills", 'invoice("INV-1").add', '{sku: "tea", quantity: 2, price: 450}');

  expect(await invoke("shop:orders", "bills", 'invoice("INV-1").total')).toBe("900");
});

test("an unknown component is answered with the nearest one", async () => {
  const { code, stderr } = await golemKit("invoke", "--url", server.url, "shop:order", "w", "get");

  expect(code).toBe(1);
  expect(stderr).toContain('Did you mean "shop:orders"?');
});

test("a port in use is one clear sentence", async () => {
  const { port } = new URL(server.url);
  const { code, stderr } = await golemKit("serve", "--port", port, "--data-dir", join(directory, "other"));

  expect(code).toBe(1);
  expect(stderr).toMatch(new RegExp(`^✖ 127\\.0\\.0\\.1:${port} is in use by another program.*\\n$`));
});

test("a data directory in use is one clear sentence", async () => {
  const { code, stderr } = await golemKit("serve", "--port", "0", "--data-dir", directory);

  expect(code).toBe(1);
  expect(stderr).toMatch(/^✖ The data directory .* is in use by process \d+.*\n$/);
});

test("SIGTERM ends a server with exit code 0", async () => {
  await using other = await startServer({
    dataDir: join(directory, "ended"),
    cacheDir: join(directory, "cache"),
  });

  expect(await other.end("SIGTERM")).toBe(0);
});

test("a failure names the places in the component's sources, and so does what the worker has written", async () => {
  const call = ["kit:tour", "sender", "kit:tour-exports/raw.{http}", '"127.0.0.1:1"', '"/"', '"Dear Ada"'];
  const failed = await golemKit("invoke", "--url", server.url, ...call);
  const logs = await golemKit("logs", "--url", server.url, "kit:tour", "sender");

  expect(failed.code).toBe(1);
  expect(failed.stderr).toMatch(
    /The request failed: HTTP-request-denied\nStack:\n {2}await_@components\/tour\/src\/http\/raw\.ts:\d+:\d+\n/,
  );
  expect(logs.stderr).toMatch(/await_@components\/tour\/src\/http\/raw\.ts:\d+:\d+\n/);
});
