import type { Component, ReplayReport } from "@golem-kit/host";
import { withOplogFile } from "./oplog-file.ts";
import type { TestHost } from "./test-host.ts";

/** A component of a workspace, as what saved oplogs are replayed on. */
export class ReplayTarget {
  readonly #host: TestHost;
  readonly #component: Component;

  constructor(host: TestHost, component: Component) {
    this.#host = host;
    this.#component = component;
  }

  /** `shop:cart` */
  get name(): string {
    return this.#component.componentName;
  }

  /**
   * Replays the oplog of a file on the component as it is now; see `expect(path).toReplayOn(component)`.
   *
   * @throws Error with the file's path, if there is none, or it is no oplog of this component
   */
  replay(path: string): Promise<ReplayReport> {
    const { componentId, version } = this.#component.versionedComponentId;
    return withOplogFile(path, async ({ component, entries }) => {
      if (component !== this.name)
        throw new Error(`It is one of ${component}, and cannot be replayed on ${this.name}`);
      return this.#host.simulation.replayOn(componentId, version, entries);
    });
  }
}
