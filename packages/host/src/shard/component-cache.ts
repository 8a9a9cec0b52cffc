import type { ShardParts } from "./shard-parts.ts";
import { Recent } from "../ground/recent.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { ComponentStore } from "../storage/component-store.ts";
import type { Channel } from "./channel.ts";
import { LoadedComponent } from "../worker/instance/loaded-component.ts";
import type { RouterOperations } from "./protocol.ts";

/** All components together. Those that instances are made of stay as long as these do, whatever is kept. */
const MOST_VERSIONS = 32;

/** The component versions that this shard's workers run, asked of the router once each while they are kept. */
export class ComponentCache {
  readonly #router: Channel<RouterOperations>;
  readonly #store: ComponentStore;
  readonly #maxWorkerMemory: number;
  readonly #loading = new Recent<string, Promise<LoadedComponent>>(MOST_VERSIONS);

  constructor({ router, shared, options }: ShardParts) {
    this.#router = router;
    this.#store = shared.components;
    this.#maxWorkerMemory = options.maxWorkerMemory;
  }

  /** @throws GolemError `ComponentNotFound` */
  async latest(componentId: string): Promise<LoadedComponent> {
    const version = this.#store.latestVersion(componentId);
    if (version === undefined) throw new GolemError({ type: "ComponentNotFound", componentId });
    return this.version(componentId, version);
  }

  /** @throws GolemError `ComponentNotFound` */
  version(componentId: string, version: number): Promise<LoadedComponent> {
    const key = `${componentId}@${version}`;
    let loading = this.#loading.get(key);
    if (loading === undefined) {
      loading = this.#load(componentId, version);
      this.#loading.set(key, loading);
      loading.catch(() => this.#loading.delete(key));
    }
    return loading;
  }

  async #load(componentId: string, version: number): Promise<LoadedComponent> {
    const { component, world, code } = await this.#router.call("component", componentId, version);
    return new LoadedComponent(component, world, code, this.#maxWorkerMemory);
  }
}
