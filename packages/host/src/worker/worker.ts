import type { WorkerId } from "../api.ts";
import { GolemError } from "../golem-error.ts";
import type { QueuedInvocation } from "../oplog/entry.ts";
import { encodeValue } from "../oplog/entry-codec.ts";
import { DivergenceError } from "../oplog/divergence-error.ts";
import type { LoadedComponent } from "../shard/loaded-component.ts";
import { StorageError } from "../storage/storage-error.ts";
import type { Journal } from "./journal.ts";
import { retryDelay } from "./retry-policy.ts";
import { type InstanceSurroundings, RunningInstance } from "./running-instance.ts";
import { Signal, type SignalReason } from "./signals.ts";
import { trapText } from "./trap-text.ts";
import { Waiters } from "./waiters.ts";

/** What a worker needs from the shard that owns it. */
export interface WorkerSurroundings {
  readonly suspendAfter: number;
  loadComponent(componentId: string, version: number): Promise<LoadedComponent>;
  instanceSurroundings(worker: Worker, component: LoadedComponent): InstanceSurroundings;
  /** Arranges for `wake` at that time. @param at milliseconds since the epoch */
  wakeAt(worker: Worker, at: number): void;
  /** The worker has nothing to do at the moment. */
  idle(worker: Worker): void;
  delay(milliseconds: number): Promise<void>;
  random(): number;
}

type Outcome = "continue" | "halt";

/**
 * A durable worker: a queue of invocations, an oplog, and at most one live instance, which can be lost and made again
 * at any time. Invocations run one after the other.
 */
export class Worker {
  readonly id: WorkerId;
  readonly journal: Journal;
  readonly #surroundings: WorkerSurroundings;
  readonly #waiters = new Waiters();
  #direct: QueuedInvocation | undefined;
  #running: RunningInstance | undefined;
  #loop: Promise<void> | undefined;
  #stop: SignalReason | undefined;
  #endDelay: (() => void) | undefined;
  #wakeAgain = false;

  constructor(id: WorkerId, journal: Journal, surroundings: WorkerSurroundings) {
    this.id = id;
    this.journal = journal;
    this.#surroundings = surroundings;
  }

  get busy(): boolean {
    return this.#loop !== undefined;
  }

  get hasInstance(): boolean {
    return this.#running !== undefined;
  }

  /**
   * Runs an invocation and resolves with its value. An invocation with a key that was seen before does not run again:
   * it gets the first one's result.
   *
   * @throws GolemError
   */
  invokeAndAwait(invocation: QueuedInvocation): Promise<unknown> {
    const { idempotencyKey } = invocation;
    const completed = this.journal.state.completed.get(idempotencyKey);
    if (completed !== undefined) {
      this.#commit();
      return Promise.resolve(this.#recordedResult(completed));
    }
    this.#refuseWhenOver();
    const result = this.#waiters.wait(idempotencyKey);
    if (!this.#knows(idempotencyKey)) {
      // An awaited call that starts at once is written with its result; nothing was promised to anybody before.
      if (this.busy || this.journal.state.pending.size > 0 || this.#direct !== undefined)
        this.#enqueue(invocation);
      else this.#direct = invocation;
    }
    this.#start();
    return result;
  }

  /** Accepts an invocation for good. @throws GolemError, StorageError */
  invoke(invocation: QueuedInvocation): void {
    if (this.journal.state.completed.has(invocation.idempotencyKey)) return;
    this.#refuseWhenOver();
    if (!this.#knows(invocation.idempotencyKey)) this.#enqueue(invocation);
    this.#commit();
    this.#start();
  }

  /** True if it was still pending. @throws GolemError `InvalidRequest` for an unknown key */
  cancel(idempotencyKey: string): boolean {
    if (this.journal.state.completed.has(idempotencyKey)) return false;
    if (!this.journal.state.pending.has(idempotencyKey)) {
      throw new GolemError({ type: "InvalidRequest", details: "Invocation not found" });
    }
    this.journal.append({ type: "CancelPendingInvocation", idempotencyKey });
    this.#commit();
    this.#waiters.reject(
      idempotencyKey,
      new GolemError({ type: "InvalidRequest", details: "The invocation was cancelled" }),
    );
    return true;
  }

  /** What the worker waited for may have happened: it goes on. */
  wake(): void {
    this.#wakeAgain = this.busy;
    this.#start();
  }

  #start(): void {
    if (this.#loop !== undefined) return;
    this.journal.state.resumed();
    this.#stop = undefined;
    this.#wakeAgain = false;
    this.#loop = this.#run().finally(() => {
      this.#loop = undefined;
      if (this.#wakeAgain || (this.#stop === undefined && this.#hasWork())) this.#start();
      else this.#surroundings.idle(this);
    });
  }

  /** Stops what the worker does now. Resolves when it has stopped. */
  async stop(reason: SignalReason): Promise<void> {
    if (this.#loop === undefined) {
      if (reason.type !== "interrupt") this.#running = undefined;
      return;
    }
    this.#stop = reason;
    this.#wakeAgain = false;
    this.#running?.stop(reason);
    this.#endDelay?.();
    if (reason.type !== "restart") await this.#loop;
  }

  /** Gives the instance's memory back; the next invocation replays. */
  unload(): void {
    if (!this.busy) this.#running = undefined;
  }

  #knows(idempotencyKey: string): boolean {
    const { open, pending } = this.journal.state;
    return (
      open?.idempotencyKey === idempotencyKey ||
      pending.has(idempotencyKey) ||
      this.#direct?.idempotencyKey === idempotencyKey
    );
  }

  #hasWork(): boolean {
    return this.#direct !== undefined || this.journal.state.active;
  }

  #enqueue(invocation: QueuedInvocation): void {
    this.journal.append({ type: "PendingWorkerInvocation", invocation });
  }

  #recordedResult(index: number): unknown {
    const entry = this.journal.oplog.at(index);
    if (entry?.type !== "ExportedFunctionCompleted")
      throw new Error(`Oplog entry ${index} is not the result it should be`);
    return entry.response;
  }

  #refuseWhenOver(): void {
    const { status, lastError } = this.journal.state;
    if (status === "Failed")
      throw new GolemError({ type: "PreviousInvocationFailed", details: lastError ?? "" });
    if (status === "Exited") throw new GolemError({ type: "PreviousInvocationExited" });
  }

  async #run(): Promise<void> {
    let outcome: Outcome = "continue";
    while (outcome === "continue") {
      try {
        if (this.#running === undefined) await this.#recover();
        else if (!(await this.#next(this.#running))) return;
      } catch (error) {
        outcome = await this.#ended(error);
      }
    }
  }

  /** Makes an instance and brings it to where the oplog ends; what was interrupted in the middle is finished live. */
  async #recover(): Promise<void> {
    this.#assertNotStopped();
    this.journal.rewind();
    const component = await this.#surroundings.loadComponent(
      this.id.componentId,
      this.journal.state.componentVersion,
    );
    const surroundings = this.#surroundings.instanceSurroundings(this, component);
    const running = await RunningInstance.create(
      component,
      this.journal,
      surroundings,
      this.#surroundings.suspendAfter,
    );
    this.#assertNotStopped();
    this.#running = running;
    while (!this.journal.live) {
      const [, invoked] = this.journal.take("ExportedFunctionInvoked", "the next invocation");
      await this.#call(running, {
        functionName: invoked.functionName,
        params: invoked.request,
        idempotencyKey: invoked.idempotencyKey,
      });
    }
  }

  /** Runs the next invocation; false if there is none. */
  async #next(running: RunningInstance): Promise<boolean> {
    this.#assertNotStopped();
    const invocation = this.#direct ?? this.journal.state.pending.values().next().value;
    if (invocation === undefined) return false;
    this.#direct = undefined;
    const { functionName, params, idempotencyKey } = invocation;
    const refusal = running.refusal(functionName, params);
    if (refusal !== undefined) {
      if (this.journal.state.pending.has(idempotencyKey))
        this.journal.append({ type: "CancelPendingInvocation", idempotencyKey });
      this.#waiters.reject(idempotencyKey, refusal);
      return true;
    }
    this.journal.append({ type: "ExportedFunctionInvoked", functionName, request: params, idempotencyKey });
    await this.#call(running, invocation);
    return true;
  }

  async #call(
    running: RunningInstance,
    { functionName, params, idempotencyKey }: QueuedInvocation,
  ): Promise<void> {
    const response = await running.call(functionName, params, idempotencyKey);
    if (this.journal.live) {
      this.journal.append({ type: "ExportedFunctionCompleted", response });
      this.journal.commit();
      this.#waiters.resolve(idempotencyKey, response);
      return;
    }
    const same = encodeValue(response);
    const expected = `the end of ${functionName} with another result than recorded, or earlier than recorded`;
    this.journal.take(
      "ExportedFunctionCompleted",
      expected,
      (found) => Buffer.compare(same, encodeValue(found.response)) === 0,
    );
  }

  #assertNotStopped(): void {
    if (this.#stop !== undefined) throw new Signal(this.#stop);
  }

  /** The instance is lost. Records why, and says whether the worker goes on. */
  async #ended(error: unknown): Promise<Outcome> {
    const running = this.#running;
    this.#running = undefined;
    // A guest that ran into the end of its instance may report something else than the signal itself.
    const reason = error instanceof Signal ? error.reason : (running?.stopReason ?? undefined);
    try {
      if (reason !== undefined) return this.#stopped(reason);
      if (error instanceof StorageError) throw error;
      return await this.#failed(error, running?.stderr ?? "");
    } catch (failure) {
      // What could not be written stays in memory, and nobody was told of it: the next call tries again.
      this.#waiters.rejectAll(asGolemError(failure));
      this.#direct = undefined;
      this.#stop = { type: "shutdown" };
      return "halt";
    }
  }

  #stopped(reason: SignalReason): Outcome {
    switch (reason.type) {
      case "restart":
        this.#stop = undefined;
        return "continue";
      case "shutdown":
        return "halt";
      case "suspend":
        this.journal.append({ type: "Suspend" });
        this.journal.commit();
        if (reason.wakeAt !== undefined) this.#surroundings.wakeAt(this, reason.wakeAt);
        return "halt";
      case "interrupt":
        this.journal.append({ type: "Interrupted" });
        this.journal.commit();
        this.#waiters.rejectAll(
          new GolemError({ type: "RuntimeError", details: "Interrupted via the Golem API" }),
        );
        return "halt";
      case "exit":
        this.journal.append({ type: "Exited" });
        this.journal.commit();
        this.#waiters.rejectAll(new GolemError({ type: "PreviousInvocationExited" }));
        return "halt";
    }
  }

  async #failed(error: unknown, stderr: string): Promise<Outcome> {
    const details = trapText(error, stderr);
    this.journal.append({ type: "Error", error: details });
    this.journal.commit();
    const { retryPolicy, errorCount } = this.journal.state;
    const delay = retryDelay(retryPolicy, errorCount, this.#surroundings.random());
    if (delay === undefined) {
      this.#giveUp(error, details);
      return "halt";
    }
    const ended = Promise.withResolvers<void>();
    this.#endDelay = ended.resolve;
    await Promise.race([this.#surroundings.delay(delay), ended.promise]);
    this.#endDelay = undefined;
    return "continue";
  }

  #giveUp(error: unknown, details: string): void {
    this.#direct = undefined;
    const open = this.journal.state.open?.idempotencyKey;
    if (open !== undefined) {
      const detail =
        error instanceof DivergenceError
          ? unexpectedEntry(error)
          : ({ type: "RuntimeError", details } as const);
      this.#waiters.reject(open, new GolemError(detail));
    }
    this.#waiters.rejectAll(new GolemError({ type: "PreviousInvocationFailed", details }));
  }

  #commit(): void {
    try {
      this.journal.commit();
    } catch (error) {
      throw asGolemError(error);
    }
  }
}

function unexpectedEntry(error: DivergenceError): {
  readonly type: "UnexpectedOplogEntry";
  readonly expected: string;
  readonly got: string;
} {
  return { type: "UnexpectedOplogEntry", expected: error.expected, got: error.message };
}

function asGolemError(error: unknown): GolemError {
  if (error instanceof GolemError) return error;
  return new GolemError(
    { type: "Unknown", details: error instanceof Error ? error.message : String(error) },
    { cause: error },
  );
}
