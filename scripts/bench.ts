/**
 * `npm run bench`: what durability costs, and what the SDK adds, as ratios to what the same machine does without them in the
 * same run. `npm run bench -- --sdk` prints the latter only, `npm run bench -- --sync` what surviving loss of power costs,
 * `npm run bench -- --recovery` how long workers take to come back, and `npm run bench -- --build` how long builds take.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildComponents, loadApplication } from "@golem-kit/build";
import { deployAll } from "@golem-kit/deployment";
import { createHost, serve } from "@golem-kit/host";

import { builds } from "./bench/builds.ts";
import { interleave, type Timings } from "./bench/interleave.ts";
import { knownWorkers } from "./bench/known-workers.ts";
import { rawComponent } from "./bench/raw-component.ts";
import { recovery } from "./bench/recovery.ts";
import { sdkSubpaths } from "./bench/sdk-subpaths.ts";
import { syncCost } from "./bench/sync-cost.ts";

const showWhat = (what: string): void => void process.stderr.write(`${what}\n`);
if (process.argv.includes("--build")) {
  for (const line of await builds(showWhat)) console.log(line);
  process.exit();
}

const showRound = (round: number, of: number): void => void process.stderr.write(`\rround ${round} of ${of}`);

if (process.argv.includes("--sync")) {
  for (const line of await syncCost()) console.log(line);
  process.exit();
}
if (process.argv.includes("--recovery")) {
  for (const line of await recovery(showWhat)) console.log(line);
  process.exit();
}
for (const line of await sdkSubpaths(showRound)) console.log(line);
if (process.argv.includes("--sdk")) process.exit();

const root = join(import.meta.dirname, "..");
const built = await buildComponents(await loadApplication(root));

await using resources = new AsyncDisposableStack();
const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-bench-"));
resources.defer(() => rm(dataDir, { recursive: true, force: true }));
const host = resources.use(
  await createHost({ dataDir, cacheDir: join(root, ".golem", "cache"), recovery: "replay" }),
);
const components = await deployAll(host.components, built);
const rest = resources.use(await serve(host, { port: 0 }));

const cart = built.find(({ name }) => name === "shop:cart");
const cartId = components.get("shop:cart")?.versionedComponentId.componentId;
const catalogId = components.get("shop:catalog")?.versionedComponentId.componentId;
if (cart === undefined || cartId === undefined || catalogId === undefined)
  throw new Error("The shop is not complete");

const ITEMS = "shop:cart-exports/api";
const raw = resources.use(await rawComponent(cart.wasmPath, [`${ITEMS}#items`]));
const rawInstance = await raw.instantiate();
const rawItems = rawInstance[ITEMS]?.["items"];
if (rawItems === undefined) throw new Error(`${ITEMS} has no function items`);

const call = async (
  componentId: string,
  workerName: string,
  name: string,
  ...values: readonly unknown[]
): Promise<unknown> =>
  host.workers.invokeAndAwait(
    { componentId, workerName },
    { function: name, params: { form: "values", values } },
  );

// One customer has an empty cart, the other an order: asking for the orders is one call to another worker.
await call(catalogId, "bench", "shop:catalog-exports/api.{put}", { sku: "tea", name: "Tea", price: 450 });
await call(catalogId, "bench", "shop:catalog-exports/api.{restock}", "tea", 1);
await call(cartId, "with-order", `${ITEMS}.{add}`, "tea", 1);
await call(cartId, "with-order", `${ITEMS}.{checkout}`);

const hello = createServer((_, response) =>
  response.end('{"result":{"typ":{"type":"Tuple","items":[]},"value":[[]]}}'),
);
await new Promise<void>((resolve) => void hello.listen(0, "127.0.0.1", resolve));
resources.defer(() => void hello.close());
const helloUrl = `http://127.0.0.1:${(hello.address() as AddressInfo).port}/`;
const agent = new Agent({ keepAlive: true });
resources.defer(() => agent.destroy());

// A customer who has looked into the cart so often that the oplog has 10,000 entries.
const longLived = { componentId: cartId, workerName: "long-lived" };
let looks = 0;
for (let entries = 0; entries < 10_000; looks += 1) {
  await call(cartId, longLived.workerName, `${ITEMS}.{items}`);
  if (looks % 100 === 0) entries = (await host.workers.oplog(longLived, { from: 1, count: 1 })).lastIndex;
}

let count = 0;
const timings = await interleave(
  [
    { name: "raw", run: async () => rawItems() },
    { name: "host", run: () => call(cartId, "empty", `${ITEMS}.{items}`) },
    { name: "http", run: () => post(helloUrl) },
    { name: "hello", run: () => get(`${rest.url}/healthcheck`) },
    {
      name: "rest",
      run: () =>
        post(
          `${rest.url}/v1/components/${cartId}/workers/empty/invoke-and-await?function=${encodeURIComponent(`${ITEMS}.{items}`)}`,
        ),
    },
    { name: "no-orders", run: () => call(cartId, "empty", `${ITEMS}.{orders}`), runs: 50 },
    { name: "one-order", run: () => call(cartId, "with-order", `${ITEMS}.{orders}`), runs: 50 },
    {
      name: "replay",
      run: async () => {
        await host.workers.interrupt(longLived, { recoverImmediately: true });
        await call(cartId, longLived.workerName, `${ITEMS}.{items}`);
      },
      runs: 1,
    },
    { name: "instantiate", run: () => raw.instantiate(), runs: 5 },
    { name: "new-worker", run: () => call(cartId, `new-${(count += 1)}`, `${ITEMS}.{items}`), runs: 5 },
  ],
  showRound,
);
process.stderr.write("\n\n");
for (const line of report(timings)) console.log(line);
process.stderr.write("\ntwo hosts get to know workers, which takes a minute\n\n");
for (const line of await knownWorkers()) console.log(line);
process.stderr.write("\nservers that survive loss of power, and that do not\n\n");
for (const line of await syncCost()) console.log(line);

function report(times: Timings): string[] {
  const time = (name: string): number => times.get(name) ?? Number.NaN;
  const row = (what: string, micros: number, against: string, ratio: number, aim: string): string =>
    `${what.padEnd(46)}${`${Math.round(micros)} µs`.padStart(10)}   ${ratio.toFixed(2)} × ${against.padEnd(26)} aim: ${aim}`;
  const rpc = time("one-order") - time("no-orders");
  return [
    row("raw call through jco", time("raw"), "itself", 1, "-"),
    row("journalled call, in process", time("host"), "raw call", time("host") / time("raw"), "≤ 2"),
    row("bare HTTP answer", time("http"), "raw call", time("http") / time("raw"), "-"),
    row(
      "answer of the host's server without a worker",
      time("hello"),
      "bare HTTP answer",
      time("hello") / time("http"),
      "-",
    ),
    row(
      "journalled call over REST",
      time("rest"),
      "(HTTP + raw call)",
      time("rest") / (time("http") + time("raw")),
      "≤ 1.5",
    ),
    row(
      "the same",
      time("rest"),
      "(server's answer + in process)",
      time("rest") / (time("hello") + time("host")),
      "-",
    ),
    row(
      "one call to another worker",
      rpc,
      "raw call",
      rpc / time("raw"),
      "≤ 10 (0.5 ms where raw takes 0.05)",
    ),
    row("bare instantiation", time("instantiate"), "raw call", time("instantiate") / time("raw"), "-"),
    row(
      "first call of a new worker",
      time("new-worker"),
      "bare instantiation",
      time("new-worker") / time("instantiate"),
      "≤ 3",
    ),
    row(
      "recovery of a worker by a replay of 10,000 entries",
      time("replay"),
      `${looks} raw calls`,
      time("replay") / (looks * time("raw")),
      "-",
    ),
  ];
}

function post(url: string): Promise<void> {
  return send(url, "POST", '{"params":[]}');
}

function get(url: string): Promise<void> {
  return send(url, "GET", "");
}

function send(url: string, method: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method, agent, headers: { "content-type": "application/json" } },
      (response) => {
        response.resume();
        response.once("end", () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`${url} answered ${response.statusCode}`)),
        );
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}
