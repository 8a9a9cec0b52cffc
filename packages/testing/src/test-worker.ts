import { findFunction } from "@golem-kit/deployment";
import {
  type CallFault,
  type Component,
  GolemError,
  type Invocation,
  type OplogPage,
  type ReplayReport,
  type WorkerId,
  type WorkerMetadata,
  writeOplogFile,
  readOplog,
} from "@golem-kit/host";
import { jsonCodec, type Result as WitResult } from "@golem-kit/sdk";
import { callableApi } from "./callable-api.ts";
import { completePromise } from "./complete-promise.ts";
import { type Crash, crashOf } from "./crashes/crash.ts";
import { answeredError } from "./failure/answered-error.ts";
import { InvocationError } from "./failure/invocation-error.ts";
import { toldIfLost } from "./failure/lost-call.ts";
import { missingWorker, unlessMissing } from "./failure/missing-worker.ts";
import { type LogLine, logLines } from "./log-lines.ts";
import { checkCallFault, checkTimes } from "./planned-fault.ts";
import { readOplogEnd } from "./read-oplog-end.ts";
import type { TestHost } from "./test-host.ts";
import type { Arguments, CallableApi, FunctionName, Result } from "./typed-api.ts";

/** So many entries of its oplog a failed invocation may show. */
const LAST_ENTRIES = 40;

/** Which calls of other workers go wrong. */
export interface FailedCalls<Name extends string = string> {
  /** How many of them, from 1. @default 1 */
  readonly times?: number;
  /** @default any */
  readonly function?: Name;
}

/**
 * A worker under test. It comes to be with its first invocation.
 *
 * @typeParam Api types of its functions: `typeof import("shop:orders-exports/api")`
 */
export class TestWorker<Api = unknown> {
  readonly id: WorkerId;
  /**
   * The functions that it exports, as methods: `await worker.api.place({ express: true })`. As {@link TestWorker.invoke}.
   */
  readonly api: CallableApi<Api>;
  readonly crash: Crash;
  readonly #host: TestHost;
  readonly #component: Component;
  readonly #nextKey: () => string | undefined;

  /** @param nextKey gives each invocation its idempotency key; `undefined` for a new one */
  constructor(
    host: TestHost,
    component: Component,
    workerName: string,
    nextKey: () => string | undefined = () => undefined,
  ) {
    this.#host = host;
    this.#component = component;
    this.id = { componentId: component.versionedComponentId.componentId, workerName };
    this.#nextKey = nextKey;
    this.api = callableApi((name, values) => this.invoke(name, ...(values as Arguments<Api, typeof name>)));
    this.crash = crashOf(host, this);
  }

  get name(): string {
    return this.id.workerName;
  }

  /**
   * Calls a function as another component would: with JavaScript values of its WIT types.
   *
   * @param name `addLine` or `add-line`, `invoice.new`, or in full: `shop:orders-exports/api.{add-line}`
   * @returns its result; of a WIT `result` the `ok`
   * @throws ResultError with the `err` of a WIT `result` as its `payload`; InvocationError; Error if the host is closed or
   *   restarted before the answer
   */
  invoke<Name extends FunctionName<Api>>(
    name: Name,
    ...values: Arguments<Api, Name>
  ): Promise<Result<Api, Name>> {
    return toldIfLost(this.title, name, this.#invoke(name, values));
  }

  async #invoke<Name extends FunctionName<Api>>(
    name: Name,
    values: Arguments<Api, Name>,
  ): Promise<Result<Api, Name>> {
    const callee = findFunction(this.#component, kebabCase(name));
    const { name: called } = callee;
    const answer = await this.#host.workers
      .invokeAndAwait(this.id, this.#invocation(called, values))
      .catch((error: unknown) => this.#failed(called, error));
    const value = answer.form === "values" ? answer.value : undefined;
    if (callee.result?.kind !== "result") return value as Result<Api, Name>;
    const result = value as WitResult<unknown, unknown>;
    if (result.tag === "err") throw answeredError(result.val, { worker: this.title, function: called });
    return result.val as Result<Api, Name>;
  }

  /** As {@link invoke}, but resolves when the invocation is accepted, and says nothing about its result. */
  trigger<Name extends FunctionName<Api>>(name: Name, ...values: Arguments<Api, Name>): Promise<void> {
    return toldIfLost(this.title, name, this.#trigger(name, values));
  }

  async #trigger<Name extends FunctionName<Api>>(name: Name, values: Arguments<Api, Name>): Promise<void> {
    const { name: called } = findFunction(this.#component, kebabCase(name));
    await this.#host.workers
      .invoke(this.id, this.#invocation(called, values))
      .catch((error: unknown) => this.#failed(called, error));
  }

  /**
   * Completes a promise that the worker has made, as the world outside would: what waits for it goes on. Who waits by the
   * SDK's `wait` looks from time to time: so much time passes as is missing to the next look.
   *
   * @param promise the id that the SDK gives, `component/worker/index`, or the index alone
   * @param value becomes JSON, as promises of the SDK expect; bytes stay as they are
   * @returns false if it was completed before
   * @throws Error if it is no promise of this worker, or if that has not made it yet; CodecError if `value` is no JSON; as
   *   `Clock.advance` if somebody waits by `wait`
   * @example
   * ```ts
   * await worker.completePromise(approvalId, { approved: true });
   * ```
   */
  async completePromise(promise: string | bigint | number, value: unknown): Promise<boolean> {
    const data = value instanceof Uint8Array ? value : jsonCodec<unknown>().encode(value);
    return completePromise(this.#host, this, promise, data);
  }

  /**
   * Lets the next calls of other workers to this one, which need not exist yet, go wrong: not those of the test. Faults come
   * one after the other.
   *
   * @param calls `times` says how many, `function` which ones, by a name that {@link invoke} takes
   * @throws NameError if there is no such function; TypeError if there is no such fault
   * @example
   * ```ts
   * worker("shop:orders", "ada-1").failCalls("lose-answer", { function: "addLine" });
   * ```
   */
  failCalls<Name extends FunctionName<Api>>(
    fault: CallFault,
    { function: name, times = 1 }: FailedCalls<Name> = {},
  ): void {
    checkCallFault(fault);
    checkTimes(times);
    const called =
      name === undefined ? {} : { function: findFunction(this.#component, kebabCase(name)).name };
    // A host that is closed meanwhile has no calls.
    this.#host.simulation.failCalls(this.id, fault, { times, ...called }).catch(() => undefined);
  }

  /** The same worker; what is invoked through it has this idempotency key. */
  withKey(idempotencyKey: string): TestWorker<Api> {
    return new TestWorker(this.#host, this.#component, this.name, () => idempotencyKey);
  }

  /** `shop:orders/o-1` */
  get title(): string {
    return `${this.#component.componentName}/${this.name}`;
  }

  /**
   * Replays its oplog on a fresh instance, beside the worker; see `expect(worker).toReplay()`.
   *
   * @throws Error if there is no such worker
   */
  replay(): Promise<ReplayReport> {
    return this.#host.simulation.replay(this.id).catch(unlessMissing(this.title));
  }

  /**
   * Writes its oplog to a file, for `expect(path).toReplayOn(component)`.
   *
   * @param path of a file that need not exist, nor its folder; convention: `….oplog.jsonl`
   * @throws Error if there is no such worker
   */
  async saveOplog(path: string): Promise<void> {
    const { componentVersion } = await this.metadata();
    const entries = await this.oplog();
    const component = this.#component.componentName;
    await writeOplogFile(path, { component, componentVersion, worker: this.name, entries });
  }

  /** What Golem knows of it; stacks in its last error name the component's sources. @throws Error if there is no such worker */
  async metadata(): Promise<WorkerMetadata> {
    const metadata = await this.#host.workers.get(this.id).catch(unlessMissing(this.title));
    const { lastError } = metadata;
    return lastError === null
      ? metadata
      : { ...metadata, lastError: await this.#host.sources.locate(lastError) };
  }

  /**
   * What it has logged, and the lines that it has written to its standard output (level `Stdout`) and error (`Stderr`), oldest
   * first; stacks name the component's sources.
   *
   * @throws Error if there is no such worker
   */
  async logs(): Promise<readonly LogLine[]> {
    const entries = await this.oplog();
    if (entries.length === 0) throw missingWorker(this.title);
    return Promise.all(
      logLines(entries).map(async ({ level, context, message }) => ({
        level,
        context,
        message: await this.#host.sources.locate(message),
      })),
    );
  }

  /** The whole public oplog, oldest first. */
  oplog(): Promise<OplogPage["entries"]> {
    return readOplog(this.#host, this.id);
  }

  /** @throws InvocationError for what the host says about an invocation; anything else as it is */
  async #failed(functionName: string, error: unknown): Promise<never> {
    if (!(error instanceof GolemError)) throw error;
    throw new InvocationError({
      worker: this.title,
      function: functionName,
      entries: await readOplogEnd(this.#host, this.id, LAST_ENTRIES),
      details: await this.#host.sources.locate(error.message),
      detail: error.detail,
    });
  }

  #invocation(functionName: string, values: readonly unknown[]): Invocation {
    const idempotencyKey = this.#nextKey();
    return {
      function: functionName,
      params: { form: "values", values },
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    };
  }
}

/** `addLine` → `add-line`; other names stay as they are. */
function kebabCase(name: string): string {
  return /^[a-z][A-Za-z0-9]*$/.test(name)
    ? name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    : name;
}
