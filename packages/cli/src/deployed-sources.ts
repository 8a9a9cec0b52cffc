import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { latestComponent } from "@golem-kit/deployment";
import type { WorkerId } from "@golem-kit/host";
import type { GolemClient } from "./rest/golem-client.ts";

/** A component as it was built here. */
interface BuiltHere {
  readonly name: string;
  readonly wasm: string;
  readonly program: string;
  readonly map: string;
}

/**
 * The TypeScript behind what a server's guests say: of the components of the application around the current directory that the
 * server has exactly as they are built here. Of others, lines would be wrong.
 */
export class DeployedSources {
  readonly #client: GolemClient;
  readonly #worker: WorkerId;
  readonly #isDeployed = new Map<string, Promise<boolean>>();
  #components: Promise<readonly BuiltHere[]> | undefined;

  /** @param worker the one that speaks; of the other components the latest versions count */
  constructor(client: GolemClient, worker: WorkerId) {
    this.#client = client;
    this.#worker = worker;
  }

  /** As `GuestSources.locate`. Downloads a component that the text names, once. */
  async locate(text: string): Promise<string> {
    if (!/\.js:\d+:\d+/.test(text)) return text;
    this.#components ??= componentsHere();
    const maps: string[] = [];
    for (const component of await this.#components) {
      if (!text.includes(`${basename(component.program)}:`)) continue;
      const isDeployed = this.#isDeployed.get(component.name) ?? this.#compare(component).catch(() => false);
      this.#isDeployed.set(component.name, isDeployed);
      if (await isDeployed) maps.push(component.map);
    }
    const { GuestSources } = await import("@golem-kit/build");
    return new GuestSources(maps).locate(text);
  }

  async #compare({ name, wasm }: BuiltHere): Promise<boolean> {
    const deployed = await latestComponent(this.#client, name);
    const built = await readFile(wasm).catch(() => undefined);
    if (deployed === undefined || built === undefined) return false;
    const { componentId, version } = deployed.versionedComponentId;
    const isWorkers = componentId === this.#worker.componentId;
    const run = isWorkers ? (await this.#client.worker(this.#worker)).componentVersion : version;
    return Buffer.compare(await this.#client.download(componentId, run), built) === 0;
  }
}

async function componentsHere(): Promise<readonly BuiltHere[]> {
  const { findApplicationRoot, loadApplication, outputsOf } = await import("@golem-kit/build");
  try {
    const { components } = await loadApplication(findApplicationRoot(process.cwd()));
    return Array.from(components.values(), (component) => ({
      name: component.name,
      ...outputsOf(component),
    }));
  } catch {
    // Whoever asks a server need not be in an application: what it says counts, not where its lines are.
    return [];
  }
}
