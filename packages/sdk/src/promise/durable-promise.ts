import {
  awaitPromise,
  completePromise,
  deletePromise,
  getSelfMetadata,
  pollPromise,
  type PromiseId,
} from "golem:api/host@1.1.6";

import { toNanoseconds, type Duration } from "../duration.ts";
import { openRegion } from "../durability/open-region.ts";
import type { ValueFormat } from "../value-format.ts";
import { fromWorkerId } from "../worker/address.ts";
import { lookUntil } from "./look-until.ts";
import { PromiseError } from "./promise-error.ts";
import { promiseIdToText } from "./promise-id.ts";

/**
 * How long to wait for a promise.
 *
 * @example
 * ```ts
 * const patience: WaitOptions = { timeout: "2 days", noticeWithin: "1 min" };
 * const decision = await approval.wait(patience);
 * ```
 */
export interface WaitOptions {
  /** @default for ever */
  readonly timeout?: Duration;
  /**
   * The longest pause between two looks at the promise. Each look adds three entries to the oplog.
   *
   * @default a quarter of the time that was waited already, at least 100 ms
   */
  readonly noticeWithin?: Duration;
  /** Ends the wait with the signal's reason. The promise can still be completed. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A promise that outlives the worker's instance. It is completed once, by anybody who knows its {@link id}: another
 * worker, or the outside world through Golem's REST API (`POST …/workers/{name}/complete`).
 *
 * A promise that does not exist, because it was deleted or its worker was, ends the instance that uses it; Golem has no
 * error for that.
 *
 * @example
 * ```ts
 * const approval: DurablePromise<boolean> = createPromise<boolean>();
 * await fetch("https://office.example/approve", { method: "POST", body: approval.id });
 * const approved = await approval.await();
 * ```
 */
export class DurablePromise<Out, In = Out> {
  /** To be handed to whoever shall complete it: `component/worker/index`. `openPromise` makes the promise of it again. */
  readonly id: string;
  readonly #id: PromiseId;
  readonly #format: ValueFormat<Out, In, string>;

  /** Made by `createPromise` and `openPromise`. */
  constructor(id: PromiseId, format: ValueFormat<Out, In, string>) {
    this.id = promiseIdToText(id);
    this.#id = id;
    this.#format = format;
  }

  /**
   * Waits for the promise without using memory or processor: the worker is suspended, for months if need be. *All* of the
   * worker stands still meanwhile: its timers, requests and calls go on only when this promise is completed. For a
   * time-out, or other work beside it, there is {@link wait}. On Golem 1.2 a completion from outside wakes the worker;
   * one by another worker does not, and is found when the worker is called next.
   *
   * Stands on `golem:api/host.await-promise`.
   *
   * @throws PromiseError `promise-in-atomic-region`; `promise-of-another-worker`, for Golem wakes only the worker that
   * made a promise; `promise-value` if what came does not fit the schema
   * @throws CodecError if what came is not in the promise's format
   * @example
   * ```ts
   * const decision = await approval.await();
   * ```
   */
  async await(): Promise<Out> {
    this.#refuseInOwnRegion("await");
    this.#refuseOfAnother();
    return this.#format.decode(awaitPromise(this.#id), this.#operation("await"));
  }

  /**
   * Waits for the promise beside whatever else the worker does. The host of this kit tells the worker that made the promise when
   * it is completed. Golem 1.2 tells nobody, nor is another worker told: it looks for itself, again and again, after pauses that
   * grow with the time waited, for each look adds three entries to the oplog. Between looks that are far apart the worker is
   * suspended.
   *
   * Stands on `golem:api/host.poll-promise` and `wasi:clocks/monotonic-clock`.
   *
   * @throws PromiseError `promise-timeout`, `promise-in-atomic-region`; `promise-value` if what came does not fit the schema
   * @throws CodecError if what came is not in the promise's format; DurationError; the reason of `options.signal`
   * @example
   * ```ts
   * const decision = await approval.wait({ timeout: "2 days" });
   * ```
   */
  async wait({ timeout, noticeWithin, signal }: WaitOptions = {}): Promise<Out> {
    this.#refuseInOwnRegion("wait");
    const longestPause = noticeWithin === undefined ? undefined : toNanoseconds(noticeWithin);
    const limit = timeout === undefined ? undefined : toNanoseconds(timeout);
    const data = await lookUntil(() => pollPromise(this.#id), { limit, noticeWithin: longestPause, signal });
    if (data === undefined) throw this.#timedOut(timeout);
    return this.#format.decode(data, this.#operation("wait"));
  }

  /**
   * The value if the promise is completed, else `undefined`, as it is also for one that is completed without a value. Every
   * call is recorded: do not call it in a loop, use
   * {@link wait}. Stands on `golem:api/host.poll-promise`.
   *
   * @throws PromiseError `promise-value` if what came does not fit the schema
   * @throws CodecError if what came is not in the promise's format
   */
  async poll(): Promise<Out | undefined> {
    const data = pollPromise(this.#id);
    return data && (await this.#format.decode(data, this.#operation("poll")));
  }

  /**
   * Completes the promise, which wakes its worker; on Golem 1.2 the worker's own `wait` finds it, and its next call. Stands on `golem:api/host.complete-promise`.
   *
   * @returns false if it was completed before: the first value stays
   * @throws PromiseError `promise-value` if the value does not fit the schema
   * @throws CodecError if the value has no representation in the promise's format
   */
  async complete(value: In): Promise<boolean> {
    return completePromise(this.#id, await this.#format.encode(value, this.#operation("complete")));
  }

  /**
   * Forgets the promise: it can be neither completed nor awaited any more. Not for one that {@link await} has waited for: on
   * Golem 1.2 its worker is never replayed again. Stands on `golem:api/host.delete-promise`.
   */
  delete(): void {
    deletePromise(this.#id);
  }

  #operation(method: string): string {
    return `promise.${method}`;
  }

  #timedOut(timeout: Duration | undefined): PromiseError {
    return new PromiseError({
      code: "promise-timeout",
      operation: "promise.wait",
      message: `The promise ${this.id} was not completed within ${JSON.stringify(timeout)}. It can still be: wait again, or delete it.`,
    });
  }

  #refuseOfAnother(): void {
    const { componentId, workerName } = fromWorkerId(getSelfMetadata().workerId);
    if (this.id.startsWith(`${componentId}/${workerName}/`)) return;
    throw new PromiseError({
      code: "promise-of-another-worker",
      operation: "promise.await",
      message: `The promise ${this.id} was made by another worker than this one, ${componentId}/${workerName}, which would not be woken. Use wait(), which looks at it from time to time.`,
    });
  }

  /** Waiting ends the instance, and what comes back repeats the region: with another promise, that nobody knows of. */
  #refuseInOwnRegion(method: string): void {
    if (openRegion.begin === undefined || this.#id.oplogIdx < openRegion.begin) return;
    throw new PromiseError({
      code: "promise-in-atomic-region",
      operation: `promise.${method}`,
      message: `The promise ${this.id} was made in the atomic region that still is open. When the worker is woken the region is repeated and makes another promise, so that this one would never be seen completed. Make it before the region, or wait for it after.`,
    });
  }
}
