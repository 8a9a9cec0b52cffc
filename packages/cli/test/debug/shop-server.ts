import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JsonTree } from "@golem-kit/wit";
import { deployedComponent } from "../../src/deployed-component.ts";
import { startServer } from "../../src/index.ts";
import { GolemClient } from "../../src/rest/golem-client.ts";
import { applicationRoot, golemKitIn } from "../golem-kit.ts";

/** A server with the shop. */
export interface ShopServer extends AsyncDisposable {
  readonly url: string;
  /** For oplog files. */
  readonly directory: string;
  /** Calls `{name}` of a component's `api`. */
  call(component: string, worker: string, name: string, ...params: readonly JsonTree[]): Promise<void>;
  /** Saves a worker's oplog. @returns the file's path */
  save(component: string, worker: string): Promise<string>;
}

/** @param application where the components are built */
export async function startShop(
  components: readonly string[],
  application = applicationRoot,
): Promise<ShopServer> {
  await using resources = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "golem-kit-debug-"));
  resources.defer(() => rm(directory, { recursive: true }));
  const dataDir = join(directory, "data");
  const { url } = resources.use(
    await startServer({ dataDir, cacheDir: join(applicationRoot, ".golem", "cache") }),
  );
  await run(application, "deploy", "--url", url, ...components);
  const client = new GolemClient(url);
  const kept = resources.move();
  return {
    url,
    directory,
    async call(component, workerName, name, ...params) {
      const { versionedComponentId } = await deployedComponent(client, component);
      const { componentId } = versionedComponentId;
      await client.invokeAndAwait(
        { componentId, workerName },
        { function: `${component}-exports/api.{${name}}`, params },
      );
    },
    async save(component, worker) {
      const file = join(directory, `${component.replace(":", "-")}-${worker}.oplog.jsonl`);
      await run(application, "oplog", "--url", url, "--save", file, component, worker);
      return file;
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function run(application: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await golemKitIn(application, ...args);
  if (code !== 0) throw new Error(stderr);
}
