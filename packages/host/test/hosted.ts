import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  createHost,
  type Host,
  type HostOptions,
  type OplogPage,
  type WorkerId,
  type WorkerMetadata,
} from "../src/index.ts";
import { dataPaths } from "../src/storage/data-directory.ts";
import { openSharedStores } from "../src/storage/shared-stores.ts";
import { FIXTURE_CACHE, fixtureComponent, type FixtureName } from "./fixtures/fixture-component.ts";

/**
 * A host with the fixtures on it, on a directory of its own, which can be closed and opened again. Unless told otherwise
 * its workers may reach this machine and nothing else: that is where the servers of tests are.
 */
export class Hosted implements AsyncDisposable {
  readonly dataDir: string;
  readonly #options: HostOptions;
  #clockAhead = 0;
  readonly #componentIds = new Map<FixtureName, string>();
  #host: Host | undefined;

  private constructor(dataDir: string, options: HostOptions) {
    this.dataDir = dataDir;
    this.#options = { shards: 1, cacheDir: FIXTURE_CACHE, allow: ["local"], ...options, dataDir };
  }

  /** @param components what is deployed */
  static async open(
    components: readonly FixtureName[] = ["probe"],
    options: HostOptions = {},
  ): Promise<Hosted> {
    const hosted = new Hosted(await mkdtemp(join(tmpdir(), "golem-kit-test-")), options);
    await hosted.start();
    for (const name of components) {
      const component = await hosted.host.components.create(`test:${name}`, await fixtureComponent(name));
      hosted.#componentIds.set(name, component.versionedComponentId.componentId);
    }
    return hosted;
  }

  get host(): Host {
    if (this.#host === undefined) throw new Error("The host is closed at the moment");
    return this.#host;
  }

  async start(options: HostOptions = {}): Promise<void> {
    this.#host = await createHost({ ...this.#options, clockAhead: this.#clockAhead, ...options });
  }

  /** Time that a test has let pass stays passed: it does not go back when the host starts again. */
  async stop(): Promise<void> {
    this.#clockAhead = this.#host?.simulation.clock.ahead ?? this.#clockAhead;
    await this.#host?.close();
    this.#host = undefined;
  }

  async restart(options: HostOptions = {}): Promise<void> {
    await this.stop();
    await this.start(options);
  }

  /** A completion whose process died before it could wake anybody. The host must be closed. */
  completePromiseOffline(id: WorkerId, oplogIdx: number, data: Uint8Array): void {
    const shared = openSharedStores(dataPaths(this.dataDir), "normal", true);
    shared.promises.complete({ workerId: id, oplogIdx }, data);
    shared.close();
  }

  componentId(name: FixtureName): string {
    const id = this.#componentIds.get(name);
    if (id === undefined) throw new Error(`${name} is not deployed`);
    return id;
  }

  worker(workerName: string, component: FixtureName = "probe"): HostedWorker {
    const id = { componentId: this.componentId(component), workerName };
    return new HostedWorker(this, id, `test:${component}-exports/api`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export type OplogEntries = OplogPage["entries"];

/** A worker by its name: valid across restarts of the host. */
export class HostedWorker {
  readonly id: WorkerId;
  readonly #hosted: Hosted;
  readonly #interfaceName: string;

  /** @param interfaceName the exported interface that is called */
  constructor(hosted: Hosted, id: WorkerId, interfaceName: string) {
    this.#hosted = hosted;
    this.id = id;
    this.#interfaceName = interfaceName;
  }

  /** Calls a function of the interface, with a new key. */
  call(name: string, ...values: readonly unknown[]): Promise<unknown> {
    return this.callWithKey(crypto.randomUUID(), name, ...values);
  }

  async callWithKey(idempotencyKey: string, name: string, ...values: readonly unknown[]): Promise<unknown> {
    const invocation = this.#invocation(idempotencyKey, name, values);
    const result = await this.#hosted.host.workers.invokeAndAwait(this.id, invocation);
    return result.form === "values" ? result.value : undefined;
  }

  /** Resolves when the call is accepted. */
  trigger(name: string, ...values: readonly unknown[]): Promise<void> {
    return this.triggerWithKey(crypto.randomUUID(), name, ...values);
  }

  triggerWithKey(idempotencyKey: string, name: string, ...values: readonly unknown[]): Promise<void> {
    return this.#hosted.host.workers.invoke(this.id, this.#invocation(idempotencyKey, name, values));
  }

  crash(): Promise<void> {
    return this.#hosted.host.workers.interrupt(this.id, { recoverImmediately: true });
  }

  interrupt(): Promise<void> {
    return this.#hosted.host.workers.interrupt(this.id);
  }

  resume(): Promise<void> {
    return this.#hosted.host.workers.resume(this.id);
  }

  metadata(): Promise<WorkerMetadata> {
    return this.#hosted.host.workers.get(this.id);
  }

  async status(): Promise<WorkerMetadata["status"]> {
    return (await this.metadata()).status;
  }

  async oplog(): Promise<OplogEntries> {
    const entries: OplogEntries[number][] = [];
    for (let from: number | undefined = 1; from !== undefined;) {
      const page: OplogPage = await this.#hosted.host.workers.oplog(this.id, { from, count: 100 });
      entries.push(...page.entries);
      from = page.next?.nextOplogIndex;
    }
    return entries;
  }

  #invocation(idempotencyKey: string, name: string, values: readonly unknown[]) {
    const fn = `${this.#interfaceName}.{${name}}`;
    return { function: fn, params: { form: "values", values }, idempotencyKey } as const;
  }
}

/** Types of the entries, with the names of the functions. */
export function story(entries: OplogEntries): string[] {
  return entries.map(({ entry }) => {
    const { type, functionName } = entry;
    return typeof functionName === "string" ? `${type} ${functionName}` : type;
  });
}

/** The message of what `promise` rejects with, and Golem's case. */
export async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    return `resolved: ${String(await promise)}`;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const detail: unknown = Reflect.get(error, "detail");
    const type =
      typeof detail === "object" && detail !== null ? String(Reflect.get(detail, "type")) : error.name;
    return `${type}: ${error.message}`;
  }
}
