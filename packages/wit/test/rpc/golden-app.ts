import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { RpcComponent, RpcInput, RpcTarget } from "../../src/rpc/rpc-input.ts";
import { platformWitPaths, readPlatformText } from "../platform-wit.ts";

const root = join(import.meta.dirname, "../golden/app");

/** The folder that Golem's command line generated for a component: WIT texts, and the names of the packages under `deps`. */
export function generatedByGolem(name: string): {
  texts: ReadonlyMap<string, string>;
  packages: readonly string[];
} {
  const folder = join(root, name.replace(":", "-"), "wit-generated");
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".wit"),
  );
  return {
    texts: new Map(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")])),
    packages: readFileSync(join(folder, "deps/PACKAGES"), "utf8").trim().split("\n"),
  };
}

/** The dynamic linking that Golem's command line computed for a component. */
export function linkedByGolem(name: string): unknown {
  return JSON.parse(readFileSync(join(root, `dynamic-linking-${name.replace(":", "_")}.json`), "utf8"));
}

export const platform: ReadonlyMap<string, string> = new Map(
  platformWitPaths.map((path) => [path, readPlatformText(path)]),
);

function recorded(name: string): RpcComponent {
  const text = readFileSync(join(root, name.replace(":", "-"), "wit/main.wit"), "utf8");
  return { name, wit: new Map([["main.wit", text]]) };
}

const orders: RpcTarget = { ...recorded("shop:orders"), type: "durable" };
const mailer: RpcTarget = { ...recorded("shop:mailer"), type: "ephemeral" };
const cart = recorded("shop:cart");
const tour = recorded("shop:tour");

/** The recorded application: the cart calls the orders and the mailer. */
export const goldenInputs: readonly RpcInput[] = [
  { component: cart, dependencies: [orders, mailer], others: [tour], platform },
  { component: orders, dependencies: [], others: [cart, mailer, tour], platform },
  { component: mailer, dependencies: [], others: [cart, orders, tour], platform },
  { component: tour, dependencies: [], others: [cart, orders, mailer], platform },
];
