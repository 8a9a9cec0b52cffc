import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildComponents, loadApplication } from "@golem-kit/build";
import { deployAll } from "@golem-kit/deployment";
import {
  type Component,
  createHost,
  type Host,
  type OplogPage,
  type WorkerId,
  writeOplogFile,
} from "@golem-kit/host";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { playTour } from "../../src/tour/play-tour.ts";
import { stops } from "../../src/tour/stops.ts";
import { applicationRoot, type End, golemKit } from "../golem-kit.ts";

const resources = new AsyncDisposableStack();
let directory: string;
let host: Host;
let components: ReadonlyMap<string, Component>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "golem-kit-every-function-"));
  resources.defer(() => rm(directory, { recursive: true }));
  const cacheDir = join(applicationRoot, ".golem", "cache");
  host = resources.use(await createHost({ dataDir: join(directory, "data"), cacheDir, allow: ["local"] }));
  components = await deployAll(
    host.components,
    await buildComponents(await loadApplication(applicationRoot)),
  );
}, 180_000);

afterAll(() => resources.disposeAsync());

// Workers that have a past of another test would replay that too.
beforeEach(() => host.simulation.reset());

function componentOf(name: string): Component {
  const component = components.get(name);
  if (component === undefined) throw new Error(`${name} is not deployed`);
  return component;
}

function idOf(component: string, workerName: string): WorkerId {
  return { componentId: componentOf(component).versionedComponentId.componentId, workerName };
}

/** Names of the functions that a component exports in an interface. */
function functionsOf(component: string, interfaceName: string): readonly string[] {
  const exports = componentOf(component).metadata.exports as readonly {
    readonly name: string;
    readonly functions: readonly { readonly name: string }[];
  }[];
  const found = exports.find(({ name }) => name === interfaceName)?.functions ?? [];
  return found.map(({ name }) => name);
}

type Call = readonly [name: string, ...params: unknown[]];

async function callAll(component: string, workerName: string, calls: readonly Call[]): Promise<void> {
  for (const [name, ...values] of calls) {
    await host.workers.invokeAndAwait(idOf(component, workerName), {
      function: `${component}-exports/api.{${name}}`,
      params: { form: "values", values },
    });
  }
}

/** Replays a worker in Node, and compares its results with the recorded ones. */
async function debug(component: string, worker: string, ...args: readonly string[]): Promise<End> {
  const entries: OplogPage["entries"][number][] = [];
  for (let from: number | undefined = 1; from !== undefined;) {
    const page: OplogPage = await host.workers.oplog(idOf(component, worker), { from, count: 100 });
    entries.push(...page.entries);
    from = page.entries.length > 0 ? page.next?.nextOplogIndex : undefined;
  }
  const file = join(directory, `${worker}.oplog.jsonl`);
  await writeOplogFile(file, { component, componentVersion: 0, worker, entries });
  return golemKit("debug", component, worker, "--oplog", file, "--no-wait", ...args);
}

/** Names of functions that a replay has called, as it prints them. */
function called(stdout: string): ReadonlySet<string> {
  return new Set(Array.from(stdout.matchAll(/^ *\d+ {2}(\[?[a-z]\S*?)\(/gm), ([, name = ""]) => name));
}

describe("every function of the shop is replayed in Node:", () => {
  const tea = { sku: "tea", name: "Green tea", price: 450 };
  const line = { sku: "tea", quantity: 3, price: 450 };

  test("catalog", async () => {
    await callAll("shop:catalog", "all", [
      ["put", tea],
      ["put", { ...tea, sku: "cup" }],
      ["restock", "tea", 10],
      ["restock", "nothing", 1],
      ["find", "tea"],
      ["find", "nothing"],
      ["list-products"],
      ["stock", "tea"],
      ["remove", "cup"],
    ]);
    const { code, stdout } = await debug("shop:catalog", "all");

    expect({ code, called: called(stdout) }).toEqual({
      code: 0,
      called: new Set(functionsOf("shop:catalog", "shop:catalog-exports/api")),
    });
  });

  test("cart", async () => {
    await callAll("shop:catalog", "all", [
      ["put", tea],
      ["restock", "tea", 10],
    ]);
    await callAll("shop:cart", "ada", [
      ["checkout"],
      ["add", "tea", 2],
      ["add", "tea", 1],
      ["items"],
      ["checkout"],
      ["place"],
      ["orders"],
    ]);
    const { code, stdout } = await debug("shop:cart", "ada");

    expect({ code, called: called(stdout) }).toEqual({
      code: 0,
      called: new Set(functionsOf("shop:cart", "shop:cart-exports/api")),
    });
  });

  test("orders", async () => {
    await callAll("shop:orders", "one", [
      ["add-line", line],
      ["add-line", { ...line, quantity: 0 }],
      ["remind", "wait"],
      ["get"],
      ["place", { express: true, gift: false, insured: false }],
      ["cancel"],
    ]);
    await callAll("shop:orders", "one", [
      ['invoice("INV-1").add', line],
      ['invoice("INV-1").total'],
      ['invoice("INV-1").number'],
      ["invoice.tax-of", 120],
      ['invoice("INV-1").drop'],
    ]);
    const { code, stdout } = await debug("shop:orders", "one");

    expect({ code, called: called(stdout) }).toEqual({
      code: 0,
      called: new Set(functionsOf("shop:orders", "shop:orders-exports/api")),
    });
  });

  test("receipts", async () => {
    await callAll("shop:receipts", "all", [
      ["write", "a.txt", "hello"],
      ["read", "a.txt"],
      ["scan", "scanned", 200_000],
      ["part", "a.txt", 1, 3],
      ["sum", "scanned"],
      ["copy", "scanned", "copied"],
      ["copy", "nothing", "copied"],
      ["list-files", ""],
      ["info", "scanned"],
      ["archive", "copied"],
      ["remove", "scanned"],
    ]);
    const { code, stdout } = await debug("shop:receipts", "all");

    expect({ code, called: called(stdout) }).toEqual({
      code: 0,
      called: new Set(functionsOf("shop:receipts", "shop:receipts-exports/api")),
    });
  });
});

/** What a replay in Node cannot do, by the title of the tour's stop. */
const NOT_REPLAYED: ReadonlySet<string> = new Set(["wasi:sockets"]);

describe("the tour is replayed in Node:", { timeout: 120_000 }, () => {
  test.for(["raw", "sdk"])("%s", async (half) => {
    const replayed = stops.filter(({ title }) => !NOT_REPLAYED.has(title));
    expect(replayed).toHaveLength(stops.length - NOT_REPLAYED.size);
    const component = componentOf("kit:tour");
    await playTour({ host, component, print: () => undefined, stops: replayed, halves: [half] });
    const worker = `${half}-guest`;
    await host.workers.invokeAndAwait(idOf("kit:tour", worker), {
      function: `kit:tour-exports/${half}.{lookup}`,
      params: { form: "values", values: ["localhost"] },
    });
    const { code, stdout } = await debug(
      "kit:tour",
      worker,
      "--promise",
      `${await awaitedPromise(worker)}=42`,
    );

    expect({ code, end: stdout.trimEnd().split("\n").at(-1) }).toEqual({
      code: 0,
      end: expect.stringMatching(
        /^All \d+ entries are replayed\. The worker waits for its next invocation\.$/,
      ),
    });
    const all = new Set([...called(stdout), ...called((await debug("kit:tour", "oracle")).stdout)]);
    const functions = functionsOf("kit:tour", `kit:tour-exports/${half}`);
    expect(functions.filter((name) => !all.has(name))).toEqual(["tcp", "udp"]);
  });
});

describe("what a replay in Node cannot do is told:", () => {
  async function played(title: RegExp, worker: string): Promise<End> {
    const component = componentOf("kit:tour");
    const only = stops.filter((stop) => title.test(stop.title));
    expect(only).toHaveLength(1);
    await playTour({ host, component, print: () => undefined, stops: only, halves: ["raw"] });
    return debug("kit:tour", worker);
  }

  test("sockets", async () => {
    const { code, stdout } = await played(/^wasi:sockets$/, "raw-guest");

    expect(code).toBe(1);
    expect(stdout).toContain("The program uses a socket. Golem does not record that");
  });

  test("a promise that is waited for by await-promise, and how to go on", async () => {
    const { code, stdout } = await played(/awaitPromise/, "raw-guest");

    expect(code).toBe(1);
    expect(stdout).toMatch(
      /The program waits for the promise (\d+) by await-promise\.[^]*by --promise \1=<text>\./,
    );
  });
});

/** The index in the id of the promise that a guest of the tour has waited for. */
async function awaitedPromise(worker: string): Promise<string> {
  const query = "exported AND await-answer";
  const { entries } = await host.workers.oplog(idOf("kit:tour", worker), { query, from: 1, count: 100 });
  const [promise] = (entries[0]?.entry["request"] ?? []) as readonly { readonly value: unknown }[];
  return String(promise?.value);
}
