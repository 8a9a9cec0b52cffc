import { readFile, writeFile } from "node:fs/promises";
import { join, matchesGlob } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { applicationRoot, runScript } from "../golem-kit.ts";
import { type ShopServer, startShop } from "./shop-server.ts";

interface Configuration {
  readonly name: string;
  readonly request: "launch" | "attach";
  readonly program?: string;
  readonly args?: readonly string[];
  readonly port?: number;
  readonly skipFiles: readonly string[];
  readonly outFiles: readonly string[];
}

interface Launch {
  readonly configurations: readonly Configuration[];
  readonly inputs: readonly { readonly id: string; readonly type: string }[];
}

const { configurations, inputs } = JSON.parse(
  await readFile(join(applicationRoot, ".vscode/launch.json"), "utf8"),
) as Launch;
const launched = configurations.filter(({ request }) => request === "launch");

let shop: ShopServer;
let oplog: string;

beforeAll(async () => {
  shop = await startShop(["shop:orders"]);
  await shop.call("shop:orders", "ada", "add-line", { sku: "tea", quantity: 1, price: 450 });
  oplog = await shop.save("shop:orders", "ada");
}, 120_000);

afterAll(() => shop[Symbol.asyncDispose]());

function inWorkspace(pattern: string): string {
  return pattern.replace("${workspaceFolder}", applicationRoot);
}

/** Runs a configuration as an editor does that is told of each process, and attached to it. */
async function launch({ program = "", args = [] }: Configuration) {
  const given: Readonly<Record<string, string>> = { component: "shop:orders", worker: "ada", entry: "2" };
  const filled = args.map((arg) => arg.replace(/^\$\{input:(\w+)\}$/, (_, id: string) => given[id] ?? ""));
  return runScript(applicationRoot, inWorkspace(program), ...filled, "--oplog", oplog, "--no-wait");
}

test.for(launched)("$name starts a replay", async (configuration) => {
  const { code, stdout } = await launch(configuration);

  expect(code).toBe(0);
  expect(stdout).toContain("entries of shop:orders/ada");
});

test("the guide to debugging names each configuration", async () => {
  const guide = await readFile(join(applicationRoot, "docs/guides/debugging.md"), "utf8");

  expect(configurations.filter(({ name }) => !guide.replaceAll(/\s+/g, " ").includes(`_${name}_`))).toEqual(
    [],
  );
});

test("what configurations ask for is asked in a prompt", () => {
  const asked = configurations
    .flatMap(({ args = [] }) => args)
    .flatMap((arg) => /^\$\{input:(\w+)\}$/.exec(arg)?.[1] ?? []);

  expect(new Set(asked)).toEqual(new Set(inputs.map(({ id }) => id)));
  expect(inputs.map(({ type }) => type)).toEqual(inputs.map(() => "promptString"));
});

test.for(configurations)(
  "$name steps over all but the components, and finds their bundles",
  ({ skipFiles, outFiles }) => {
    const skips = (file: string): boolean =>
      skipFiles.some((pattern) => matchesGlob(join(applicationRoot, file), inWorkspace(pattern)));
    const isBundle = (file: string): boolean =>
      outFiles.some((pattern) => matchesGlob(join(applicationRoot, file), inWorkspace(pattern)));

    expect(skips("components/cart/src/stock.ts")).toBe(false);
    expect(skips("packages/sdk/src/keyvalue/bucket.ts")).toBe(true);
    expect(skips("packages/debugger/src/debuggee/bindings.ts")).toBe(true);
    expect(isBundle("components/cart/dist/shop_cart.js")).toBe(true);
  },
);

test("a replay that an editor is attached to from its start waits for no other one", async () => {
  const script = join(applicationRoot, "packages/cli/bin/golem-kit.mjs");
  const environment = join(shop.directory, "attached.mjs");
  // What an editor has its processes load: it opens the inspector before anything else runs.
  await writeFile(environment, 'import { open } from "node:inspector";\nopen(0, "127.0.0.1");\n');
  vi.stubEnv("NODE_OPTIONS", `--import=${environment}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { code, stdout } = await runScript(
    applicationRoot,
    script,
    "debug",
    "shop:orders",
    "ada",
    "--oplog",
    oplog,
  );

  expect(code).toBe(0);
  expect(stdout).not.toContain("Waiting for a debugger");
});
