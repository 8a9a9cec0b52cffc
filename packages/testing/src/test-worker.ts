import { findFunction } from "@golem-kit/cli";
import type { Component, OplogPage, WorkerId, WorkerMetadata } from "@golem-kit/host";
import { type Result as WitResult, unwrap } from "@golem-kit/sdk";
import type { TestHost } from "./test-host.ts";
import type { Arguments, FunctionName, Result } from "./typed-api.ts";

/**
 * A worker under test. It comes to be with its first invocation.
 *
 * @typeParam Api types of its functions: `typeof import("shop:orders-exports/api")`
 */
export class TestWorker<Api = unknown> {
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
   * Calls a function as another component would: with JavaScript values of its WIT types.
   *
   * @param name `addLine` or `add-line`, `invoice.new`, or in full: `shop:orders-exports/api.{add-line}`
   * @returns its result; of a WIT `result` the `ok`
   * @throws ResultError with the `err` of a WIT `result` as its `payload`; GolemError
   */
  async invoke<Name extends FunctionName<Api>>(
    name: Name,
    ...values: Arguments<Api, Name>
  ): Promise<Result<Api, Name>> {
    const callee = findFunction(this.#component, kebabCase(name));
    const answer = await this.#host.workers.invokeAndAwait(this.id, this.#invocation(callee.name, values));
    const value = answer.form === "values" ? answer.value : undefined;
    const isResult = callee.result?.kind === "result";
    return (isResult ? unwrap(value as WitResult<unknown, unknown>) : value) as Result<Api, Name>;
  }

  /** As {@link invoke}, but resolves when the invocation is accepted, and says nothing about its result. */
  async trigger<Name extends FunctionName<Api>>(name: Name, ...values: Arguments<Api, Name>): Promise<void> {
    const callee = findFunction(this.#component, kebabCase(name));
    await this.#host.workers.invoke(this.id, this.#invocation(callee.name, values));
  }

  /** The same worker; what is invoked through it has this idempotency key. */
  withKey(idempotencyKey: string): TestWorker<Api> {
    return new TestWorker(this.#host, this.#component, this.name, idempotencyKey);
  }

  /** Drops the instance, whatever it is doing. The worker recovers from its oplog and finishes what it was at. */
  async crash(): Promise<void> {
    await this.#host.workers.interrupt(this.id, { recoverImmediately: true });
  }

  /**
   * Sees to it that the worker crashes when it has written so many more oplog entries.
   *
   * @returns when that is arranged; `happened` resolves with the crash
   */
  async crashAfter(entries: number): Promise<{ readonly happened: Promise<void> }> {
    const { workers } = this.#host;
    const { lastIndex } = await workers.oplog(this.id, { from: 1, count: 1 });
    return {
      happened: workers.interrupt(this.id, { recoverImmediately: true, atEntry: lastIndex + entries }),
    };
  }

  async metadata(): Promise<WorkerMetadata> {
    return this.#host.workers.get(this.id);
  }

  /** The whole public oplog, oldest first. */
  async oplog(): Promise<OplogPage["entries"]> {
    const entries: OplogPage["entries"][number][] = [];
    for (let from: number | undefined = 1; from !== undefined;) {
      const page: OplogPage = await this.#host.workers.oplog(this.id, { from, count: 100 });
      entries.push(...page.entries);
      from = page.next?.nextOplogIndex;
    }
    return entries;
  }

  #invocation(functionName: string, values: readonly unknown[]) {
    const invocation = { function: functionName, params: { form: "values", values } } as const;
    return this.#idempotencyKey === undefined
      ? invocation
      : { ...invocation, idempotencyKey: this.#idempotencyKey };
  }
}

/** `addLine` → `add-line`; other names stay as they are. */
function kebabCase(name: string): string {
  return /^[a-z][A-Za-z0-9]*$/.test(name)
    ? name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    : name;
}
