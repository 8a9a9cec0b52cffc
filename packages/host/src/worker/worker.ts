import type { WorkerId } from "../ground/api/worker-id.ts";
import type { CallId } from "../ground/api/call-id.ts";
import type { RevertTarget, UpdateMode } from "../ground/api/workers.ts";
import { GolemError, interruptedError } from "../ground/golem-error.ts";
import type { QueuedInvocation } from "../oplog/entry.ts";
import { InvocationQueue } from "./invocation-queue.ts";
import { Mover } from "./mover.ts";
import { InstanceRunner } from "./instance-runner.ts";
import type { Journal } from "../journal/journal.ts";
import { assertNotOver } from "./assert-accepting.ts";
import { commitForCaller } from "./commit-for-caller.ts";
import { noteUpdate } from "../journal/note-update.ts";
import { revertRegion } from "../journal/revert-region.ts";
import type { RunnerOptions } from "./runner-options.ts";
import type { VisibleInstance } from "./looks.ts";
import type { SignalReason } from "../journal/signals.ts";

export interface WorkerOptions extends RunnerOptions {
  /** The worker has nothing to do at the moment. */
  readonly idle: () => void;
  /** Its first call has created it: that call waits for its turn while the instance is made, as Golem records it. */
  readonly createdByCall: boolean;
  /** It is to be moved when it is its turn, in the background. */
  readonly moveSoon: () => void;
}

/**
 * A durable worker: a queue of invocations, an oplog, and at most one live instance. Invocations run one after the
 * other; one with a key that was seen before does not run again.
 */
export class Worker {
  readonly id: WorkerId;
  readonly journal: Journal;
  readonly mover: Mover;
  readonly #runner: InstanceRunner;
  readonly #options: WorkerOptions;
  readonly #queue: InvocationQueue;
  #loop: Promise<void> | undefined;
  #wakeAgain = false;

  constructor(id: WorkerId, journal: Journal, options: WorkerOptions) {
    this.id = id;
    this.journal = journal;
    this.#options = options;
    this.#queue = new InvocationQueue(journal);
    this.#runner = new InstanceRunner(journal, this.#queue, options);
    this.mover = new Mover({
      journal,
      queue: this.#queue,
      runner: this.#runner,
      loop: () => this.#loop,
      start: () => this.#start(),
      attemptSoon: options.moveSoon,
    });
  }

  get busy(): boolean {
    return this.#loop !== undefined;
  }

  /** True if its oplog says all about it, and nobody waits for it. */
  get canBeForgotten(): boolean {
    return !this.busy && this.#queue.isUnwatched && this.journal.isSettled;
  }

  /** Bytes that its instance takes, about; 0 without one. */
  get instanceSize(): number {
    return this.#runner.instanceSize;
  }

  /** True if an invocation with this key was asked for before. */
  knows(idempotencyKey: string): boolean {
    return this.#queue.knows(idempotencyKey) || this.#queue.isCompleted(idempotencyKey);
  }

  /**
   * Runs an invocation and resolves with its value, or with the value of the first invocation with this key.
   *
   * @throws GolemError
   */
  invokeAndAwait(invocation: QueuedInvocation): Promise<unknown> {
    const completed = this.journal.state.completed.get(invocation.idempotencyKey);
    if (completed !== undefined) {
      commitForCaller(this.journal);
      return Promise.resolve(this.journal.resultAt(completed));
    }
    const isMade = !this.#options.createdByCall || this.journal.oplog.lastIndex > 1;
    const result = this.#queue.ask(invocation, this.busy || !isMade);
    this.#start();
    return result;
  }

  /** Accepts an invocation for good. @throws GolemError */
  invoke(invocation: QueuedInvocation): void {
    this.#queue.accept(invocation);
    commitForCaller(this.journal);
    this.#start();
  }

  /** Looks at an instance once it is where the oplog ends; waits for no invocation. @throws GolemError */
  async look<T>(look: (instance: VisibleInstance) => T): Promise<T> {
    assertNotOver(this.journal.state);
    if (this.journal.state.status === "Interrupted")
      throw new GolemError({ type: "Interrupted", recoverImmediately: false });
    const seen = this.#runner.look(look);
    this.#start();
    return seen;
  }

  /** True if it was still pending. @throws GolemError `InvalidRequest` for an unknown key */
  cancel(idempotencyKey: string): boolean {
    const cancelled = this.#queue.cancel(idempotencyKey);
    if (cancelled) commitForCaller(this.journal);
    return cancelled;
  }

  /**
   * Notes an update. One by replay is tried at once, in place of what runs now; one by snapshot when its turn comes.
   *
   * @throws GolemError `InvalidRequest` if there is nothing to be done
   */
  update(mode: UpdateMode, targetVersion: number, by: CallId): void {
    if (!this.journal.hasCarriedOut(by)) noteUpdate(this.journal, mode, targetVersion, by);
    commitForCaller(this.journal);
    if (this.journal.state.updates.next !== undefined) {
      if (this.busy) this.#runner.stop({ type: "restart" });
      else this.#runner.unload();
    }
    if (this.journal.state.active) this.#start();
  }

  /** Resolves when no update by replay is under way: what runs next runs on the version that the state tells. */
  async updated(): Promise<void> {
    await this.mover.attempt();
    await this.mover.updated();
  }

  /**
   * Drops the end of the worker's oplog. What runs now is stopped, and goes on if its begin stays.
   *
   * @throws GolemError `InvalidRequest`
   */
  async revert(target: RevertTarget, by: CallId): Promise<void> {
    while (this.busy && !this.journal.hasCarriedOut(by)) await this.stop({ type: "shutdown" });
    if (this.journal.hasCarriedOut(by)) return commitForCaller(this.journal);
    this.#runner.unload();
    try {
      this.journal.revert(revertRegion(this.journal, target), by);
    } finally {
      this.#queue.forgetReverted();
      if (this.journal.state.active || this.#queue.hasUnwritten) this.#start();
    }
  }

  /** What the worker waited for may have happened: it goes on, also in another process. @throws StorageError */
  wake(): void {
    if (!this.journal.state.canWake) return;
    this.#wakeAgain = this.busy;
    this.#start();
    this.journal.oplog.noteActive();
  }

  /** Stops what the worker does now. Resolves when it has stopped, or at once if it is to begin anew. */
  async stop(reason: SignalReason): Promise<void> {
    if (this.#loop === undefined)
      return reason.type === "interrupt" ? this.#interruptAtRest() : this.#runner.unload();
    this.#wakeAgain = false;
    this.#runner.stop(reason);
    if (reason.type !== "restart") await this.#loop;
  }

  /** Ends the worker for ever: who waits for it is told. */
  async end(): Promise<void> {
    await this.stop({ type: "shutdown" });
    this.mover.ended();
    this.#queue.rejectAll(interruptedError());
  }

  /** Entries that it replays when it comes back into memory. */
  get behind(): number {
    return this.#runner.behind;
  }

  /** Keeps an image of what it is, if it would replay so many entries otherwise. Does nothing while it is busy. */
  checkpoint(least: number): void {
    if (!this.busy) this.#runner.checkpoint(least);
  }

  /** True, once for each recovery, if what it is now was begun from an image. */
  takeRestored(): boolean {
    return this.#runner.takeRestored();
  }

  /** Gives the instance's memory back; the next invocation replays. */
  unload(): void {
    if (!this.busy) this.#runner.unload();
  }

  /** Nothing runs: that it is not to go on by itself is noted. */
  #interruptAtRest(): void {
    const { active, status } = this.journal.state;
    if (active || status === "Suspended") this.journal.append({ type: "Interrupted" });
    commitForCaller(this.journal);
    this.#queue.rejectAll(interruptedError());
  }

  #start(): void {
    if (this.#loop !== undefined) return;
    this.journal.resume();
    this.#wakeAgain = false;
    this.#loop = this.#options.activity.during(this.#runner.run).finally(() => {
      this.#loop = undefined;
      const more = this.#queue.hasUnwritten || this.journal.state.active;
      if (this.#wakeAgain || (more && !this.#runner.stopped)) this.#start();
      else {
        this.mover.rested();
        this.#options.idle();
      }
    });
  }
}
