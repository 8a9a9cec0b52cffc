import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A copy of the workspace that may be edited all over, its SDK and a package that its programs import among it. */
export interface SavedApplication extends AsyncDisposable {
  readonly directory: string;
}

const ROOT = join(import.meta.dirname, "..", "..", "..", "..");
/** Of the components the orders alone: an edit of the SDK builds all that there are. */
const COPIED = [
  "components/orders",
  "golem.yaml",
  "package.json",
  "tsconfig.base.json",
  "tsconfig.component.json",
  "wit",
];

/** What an order imports of its own workspace. */
export const PRICING = "packages/pricing/src/index.js";
export const SDK = "packages/sdk/src/result.ts";
export const ORDERS = "components/orders/src/main.ts";
export const ORDERS_WIT = "components/orders/wit/orders.wit";
export const ORDERS_MANIFEST = "components/orders/golem.yaml";

/** Makes it in a temporary directory. Nothing is built in it yet but what the workspace has. */
export async function savedApplication(): Promise<SavedApplication> {
  const directory = await mkdtemp(join(tmpdir(), "golem-kit-saves-"));
  for (const name of COPIED) await cp(join(ROOT, name), join(directory, name), { recursive: true });
  await mkdir(join(directory, "packages", "pricing", "src"), { recursive: true });
  await cp(join(ROOT, "packages", "sdk"), join(directory, "packages", "sdk"), { recursive: true });
  await writeFile(join(directory, PRICING), "export const factor = 1;\n");
  const manifest = { name: "@shop/pricing", version: "0.1.0", type: "module", exports: "./src/index.js" };
  await writeFile(join(directory, "packages/pricing/package.json"), JSON.stringify(manifest));
  await linkModules(directory);
  // With a price of another package, and functions that its WIT may come to ask for.
  await edit(directory, ORDERS, (text) =>
    `import { factor } from "@shop/pricing";\n${text}`
      .replace("sum + price * quantity", "sum + factor * price * quantity")
      .replace(/ {2}get,\n\};/, "  get,\n  ...{ getEven: get, getOdd: get },\n};"),
  );
  return {
    directory,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

async function edit(directory: string, path: string, change: (text: string) => string): Promise<void> {
  const file = join(directory, path);
  await writeFile(file, change(await readFile(file, "utf8")));
}

/** The workspace's installed packages, with the two that are this copy's own. */
async function linkModules(directory: string): Promise<void> {
  const modules = join(directory, "node_modules");
  const own = ["@golem-kit", "@shop", ".cache"];
  for (const scope of own.slice(0, 2)) await mkdir(join(modules, scope), { recursive: true });
  for (const name of await readdir(join(ROOT, "node_modules")))
    if (!own.includes(name)) await symlink(join(ROOT, "node_modules", name), join(modules, name));
  for (const name of await readdir(join(ROOT, "node_modules", "@golem-kit"))) {
    const home = name === "sdk" ? directory : ROOT;
    await symlink(join(home, "packages", name), join(modules, "@golem-kit", name));
  }
  await symlink(join(directory, "packages", "pricing"), join(modules, "@shop", "pricing"));
}
