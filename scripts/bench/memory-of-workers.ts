/** `node memory-of-workers.ts KNOWN ACTIVE LIMIT`: prints by how many bytes a host's process grows with its workers. */

import { join } from "node:path";

import { buildComponents, loadApplication } from "@golem-kit/build";
import { deploy } from "@golem-kit/deployment";
import { createHost } from "@golem-kit/host";

const [known = 0, active = 0, maxIdleMemory = 0] = process.argv.slice(2).map(Number);
const root = join(import.meta.dirname, "../..");
const cart = (await buildComponents(await loadApplication(root))).find(({ name }) => name === "shop:cart");
if (cart === undefined) throw new Error("The shop is not complete");

await using host = await createHost({ cacheDir: join(root, ".golem", "cache"), maxIdleMemory });
const { componentId } = (await deploy(host.components, cart)).component.versionedComponentId;
const items = (at: number): Promise<unknown> =>
  host.workers.invokeAndAwait(
    { componentId, workerName: `worker-${at}` },
    { function: "shop:cart-exports/api.{items}", params: { form: "values", values: [] } },
  );

await items(0);
const before = process.memoryUsage.rss();
for (let at = 0; at < known; at += 1) await items(at);
for (let round = 0; round < 20; round += 1)
  await Promise.all(Array.from({ length: active }, (_, at) => items(at)));
globalThis.gc?.();
console.log(process.memoryUsage.rss() - before);
