import { findFunction } from "@golem-kit/cli";
import type { Component, Invocation, OplogPage, WorkerId, WorkerMetadata } from "@golem-kit/host";
import type { TestHost } from "./test-host.ts";

/** A worker under test. It comes to be with its first invocation. */
export class TestWorker {
  readonly id: WorkerId;
  readonly #host: TestHost;
  readonly #component: Component;
  readonly #idempotencyKey: string | undefined;

  constructor(host: TestHost, component: Component, workerName: string, idempotencyKey?: string) {
    this.#host = host;
    this.#component = component;
    this.id = { componentId: component.versionedComponentId.componentId, workerName };
    this.#idempotencyKey = idempotencyKey;
  }

  get name(): string {
    return this.id.workerName;
  }

  /**
   * Calls a function with JavaScript values of its WIT types.
   *
   * @param name `place`, `invoice.new` or in full: `shop:orders-exports/api.{place}`
   * @returns the function's result; a WIT `result` is `{tag: "ok" | "err", val}`
   */
  async invoke<T = unknown>(name: string, ...values: readonly unknown[]): Promise<T> {
    const result = await this.#host.workers.invokeAndAwait(this.id, this.#invocation(name, values));
    return (result.form === "values" ? result.value : result.value[0]) as T;
  }

  /** As {@link invoke}, but resolves when the invocation is accepted. */
  async trigger(name: string, ...values: readonly unknown[]): Promise<void> {
    await this.#host.workers.invoke(this.id, this.#invocation(name, values));
  }

  /** The same worker; its invocations from here have this idempotency key. */
  withKey(idempotencyKey: string): TestWorker {
    return new TestWorker(this.#host, this.#component, this.name, idempotencyKey);
  }

  /** Drops the instance, whatever it is doing; the worker recovers from its oplog at once. */
  async crash(): Promise<void> {
    await this.#host.workers.interrupt(this.id, { recoverImmediately: true });
  }

  async metadata(): Promise<WorkerMetadata> {
    return this.#host.workers.get(this.id);
  }

  /** The whole public oplog. */
  async oplog(): Promise<OplogPage["entries"]> {
    const entries: OplogPage["entries"][number][] = [];
    for (let from: number | undefined = 1; from !== undefined;) {
      const page: OplogPage = await this.#host.workers.oplog(this.id, { from, count: 100 });
      entries.push(...page.entries);
      from = page.next?.nextOplogIndex;
    }
    return entries;
  }

  #invocation(name: string, values: readonly unknown[]): Invocation {
    const invocation = {
      function: findFunction(this.#component, name).name,
      params: { form: "values", values },
    } as const;
    return this.#idempotencyKey === undefined
      ? invocation
      : { ...invocation, idempotencyKey: this.#idempotencyKey };
  }
}
