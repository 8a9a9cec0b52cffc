import type { ShardParts } from "./shard-parts.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { ComponentStore } from "../storage/component-store.ts";
import type { Channel } from "./channel.ts";
import { LoadedComponent } from "../worker/instance/loaded-component.ts";
import type { RouterOperations } from "./protocol.ts";

/** The component versions that this shard's workers run, asked of the router once each. */
export class ComponentCache {
  readonly #router: Channel<RouterOperations>;
  readonly #store: ComponentStore;
  readonly #maxWorkerMemory: number;
  readonly #loading = new Map<string, Promise<LoadedComponent>>();

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
