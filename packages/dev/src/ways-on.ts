import type { Component, Host, WorkerId } from "@golem-kit/host";
import type { NamedWorker, Stay } from "./dev-event.ts";
import { allWorkers } from "./move-workers.ts";
import { forkName } from "./stay.ts";

/** What can be done about workers that stay on old code. */
export class WaysOn {
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /**
   * Forks the worker at the last entry that still fits, and lets the fork go on with the new code.
   *
   * @returns the fork's name
   * @throws GolemError if there is no such entry, or no such worker any more
   */
  async fork(stay: Stay): Promise<string> {
    const { worker, targetVersion, lastFitting } = stay;
    const source = this.#idOf(stay);
    if (lastFitting === undefined || lastFitting < 2)
      throw new Error(`${stay.component}/${worker} has nothing before that to be forked from: start it anew`);
    const name = await this.#freeName(source, forkName(worker, targetVersion));
    const fork = { componentId: source.componentId, workerName: name };
    await this.#host.workers.fork(source, fork, lastFitting, {
      version: targetVersion,
      anyResult: true,
    });
    return name;
  }

  /**
   * Starts the worker anew, with the same arguments and environment: on the latest version, without a past.
   *
   * @throws GolemError if there is no such worker any more
   */
  async anew(worker: NamedWorker): Promise<void> {
    await this.#host.workers.startAnew(this.#idOf(worker));
  }

  /** As {@link anew}, for all workers of these components. @returns how many */
  async anewAll(components: Iterable<string>): Promise<number> {
    let count = 0;
    for (const name of components) {
      const { componentId } = this.#component(name).versionedComponentId;
      const ids: WorkerId[] = [];
      for await (const { workerId } of allWorkers(this.#host, componentId)) ids.push(workerId);
      for (const id of ids) await this.#host.workers.startAnew(id);
      count += ids.length;
    }
    return count;
  }

  async #freeName(source: WorkerId, wanted: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const workerName = number === 1 ? wanted : `${wanted}-${number}`;
      const found = await this.#host.workers.get({ ...source, workerName }).catch(() => undefined);
      if (found === undefined) return workerName;
    }
  }

  #idOf({ component, worker }: NamedWorker): WorkerId {
    return { componentId: this.#component(component).versionedComponentId.componentId, workerName: worker };
  }

  #component(name: string): Component {
    const [component] = this.#host.components.list(name);
    if (component === undefined) throw new Error(`${name} is not deployed`);
    return component;
  }
}
