import type { GuestSources } from "@golem-kit/build";
import { attentiveWorkers } from "./attentive-workers.ts";
import { type Clock, clockOf } from "./clock.ts";
import {
  type Components,
  createHost,
  type Host,
  type HostOptions,
  type Simulation,
  type Workers,
} from "@golem-kit/host";

/** A host that can be restarted: what it gives stays valid across restarts. */
export interface TestHost extends AsyncDisposable {
  readonly dataDir: string;
  readonly components: Components;
  /** Who waits by the SDK's `wait` for a promise that is completed here looks at once. */
  readonly workers: Workers;
  readonly simulation: Simulation;
  readonly clock: Clock;
  /** The TypeScript of the components, for what their stacks name. */
  readonly sources: GuestSources;
  /**
   * Closes the host and opens it again on the same directory: every worker comes back from its oplog. Calls that have no
   * answer yet are rejected; made again under the same key, `worker.withKey(key)`, they get it.
   */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function createTestHost(
  options: HostOptions & { readonly dataDir: string },
  sources: GuestSources,
): Promise<TestHost> {
  let host: Host = await createHost(options);
  let workers = attentiveWorkers(host);
  return {
    dataDir: host.dataDir,
    get components() {
      return host.components;
    },
    get workers() {
      return workers;
    },
    get simulation() {
      return host.simulation;
    },
    sources,
    clock: clockOf(() => host.simulation.clock),
    async restart() {
      const clockAhead = host.simulation.clock.ahead;
      await host.close();
      host = await createHost({ ...options, clockAhead });
      workers = attentiveWorkers(host);
    },
    close: () => host.close(),
    [Symbol.asyncDispose]: () => host.close(),
  };
}
