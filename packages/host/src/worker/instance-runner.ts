import { GolemError, interruptedError, isHostTrouble, passingTrouble } from "../ground/golem-error.ts";
import { StorageError } from "../ground/storage-error.ts";
import { asGolemError } from "./failure-error.ts";
import { Checkpoints } from "./checkpoints.ts";
import { AttemptEnd, type Outcome } from "./attempt-end.ts";
import type { Inbox } from "./inbox.ts";
import type { Journal } from "../journal/journal.ts";
import { Looks } from "./looks.ts";
import type { RunningInstance } from "./instance/running-instance.ts";
import type { RunnerOptions } from "./runner-options.ts";
import { loadSnapshot } from "./instance/snapshot.ts";
import { saveSnapshot } from "./save-snapshot.ts";
import { Signal, type SignalReason } from "../journal/signals.ts";
import { takeResult } from "../journal/take-result.ts";
import type { InvocationOrigin } from "../journal/tracing.ts";
import { watchReplay } from "./watch-replay.ts";
import { UpdateAttempt } from "./update-attempt.ts";

/**
 * Runs a worker's invocations one after the other on an instance that can be lost at any time: a new one is brought to
 * where the oplog ends, and goes on from there.
 */
export class InstanceRunner {
  readonly #journal: Journal;
  readonly #inbox: Inbox;
  readonly #options: RunnerOptions;
  #running: RunningInstance | undefined;
  /** The update that the present instance is to prove possible. */
  #attempt: UpdateAttempt | undefined;
  #stop: SignalReason | undefined;
  readonly #end: AttemptEnd;
  readonly #looks: Looks;
  readonly #checkpoints: Checkpoints;

  constructor(journal: Journal, inbox: Inbox, options: RunnerOptions) {
    this.#journal = journal;
    this.#inbox = inbox;
    this.#options = options;
    this.#looks = new Looks(journal);
    this.#checkpoints = new Checkpoints(journal, options.notice);
    this.#end = new AttemptEnd(journal, inbox, options);
  }

  /** Bytes that the instance takes, about; 0 without one. */
  get instanceSize(): number {
    return this.#running?.memorySize ?? 0;
  }

  /** True if there is an instance, and it has come to where the oplog ends. */
  get isLive(): boolean {
    return this.#running !== undefined && this.#journal.cursor.live;
  }

  /** Index of the update that the present instance is to prove possible. */
  get attempting(): number | undefined {
    return this.#attempt?.index;
  }

  /** True if it was stopped from outside and not begun again since. */
  get stopped(): boolean {
    return this.#stop !== undefined;
  }

  /** Ends what runs now, at its next host call or in the one that waits. */
  stop(reason: SignalReason): void {
    this.#stop = reason;
    this.#running?.stop(reason);
    this.#end.endDelay();
  }

  /** Entries that the next recovery replays, if the instance is lost. */
  get behind(): number {
    return this.#checkpoints.behind;
  }

  /** Keeps an image of the instance, if a recovery would replay so many entries otherwise. Only while nothing runs. */
  checkpoint(least: number): void {
    if (this.#running !== undefined) this.#checkpoints.take(this.#running, least);
  }

  /** True, once for each recovery, if the instance was begun from an image. */
  takeRestored(): boolean {
    return this.#checkpoints.takeRestored();
  }

  /** Gives the instance's memory back; the next invocation replays. Only while nothing runs. */
  unload(): void {
    this.#running?.release();
    this.#running = undefined;
  }

  /** Resolves with what `look` sees in the first instance that has come to where the oplog ends. */
  look<T>(look: (running: RunningInstance) => T): Promise<T> {
    const seen = this.#looks.wait(look);
    if (this.#running !== undefined) this.#looks.show(this.#running);
    return seen;
  }

  /** Runs until there is nothing left to do, or the worker may not go on. */
  readonly run = async (): Promise<void> => {
    this.#stop = undefined;
    let outcome: Outcome = "continue";
    while (outcome === "continue") {
      try {
        // Another update was noted before this one was made.
        if (this.#journal.state.updates.next?.waits === false) this.unload();
        if (this.#running === undefined) await this.#recover();
        else if (!(await this.#next(this.#running))) return;
      } catch (error) {
        outcome = await this.#ended(error);
      }
    }
    const details = "The worker stopped before its files could be read; try again";
    this.#looks.giveUp(new GolemError({ type: "Unknown", details }));
  };

  /** Makes an instance and brings it to where the oplog ends; what was interrupted in the middle is finished live. */
  async #recover(): Promise<void> {
    this.#assertNotStopped();
    const { updates, componentVersion, open } = this.#journal.state;
    const update =
      updates.next &&
      new UpdateAttempt(this.#journal, updates.next, (...settled) => this.#inbox.updated(...settled));
    const snapshot = update?.snapshot ?? updates.snapshot;
    this.#attempt = update;
    // What is to prove that new code can take the place of the old one has to be replayed.
    const image = update === undefined ? this.#checkpoints.latest() : undefined;
    const begin = image?.index ?? snapshot?.index ?? 1;
    this.#journal.rewind(begin + 1);
    this.#checkpoints.begins(begin);
    const running = await this.#options.instantiate(update?.targetVersion ?? componentVersion);
    this.#running = running;
    this.#assertNotStopped();
    if (running.isEphemeral && open) this.#inbox.refused(open.idempotencyKey, interruptedError());
    if (image !== undefined && !this.#checkpoints.restore(running, image)) return this.unload();
    if (image === undefined && snapshot !== undefined) await loadSnapshot(running, snapshot.payload);
    const stuck = (details: string): void => running.stop({ type: "stuck", details });
    const unwatch = update && watchReplay(this.#journal, stuck);
    if (update !== undefined) this.#journal.whenLive(() => update.succeed(running.componentSize));
    this.#looks.show(running);
    try {
      await this.#replay(running);
    } catch (error) {
      if (image === undefined) throw error;
      this.#withoutImage(running, error);
    } finally {
      unwatch?.();
    }
  }

  /** What an image has led to differs from the oplog, which alone counts; so the worker begins without it. */
  #withoutImage(running: RunningInstance, error: unknown): void {
    const isStopped = this.#stop !== undefined || running.stopReason !== undefined || error instanceof Signal;
    if (isStopped || this.#journal.cursor.live || isHostTrouble(error)) throw error;
    this.#checkpoints.forget();
    this.unload();
  }

  async #replay(running: RunningInstance): Promise<void> {
    while (!this.#journal.live) {
      const [, { functionName, request, timestamp, ...origin }] = this.#journal.take(
        "ExportedFunctionInvoked",
        "the next invocation",
      );
      await this.#call(running, functionName, request, { ...origin, startedAt: timestamp });
    }
  }

  /** Runs the next invocation; false if there is none. */
  async #next(running: RunningInstance): Promise<boolean> {
    this.#assertNotStopped();
    const invocation = this.#inbox.take();
    if (invocation === undefined) return false;
    if ("targetVersion" in invocation) {
      if (!(await saveSnapshot(this.#journal, running, invocation.targetVersion))) this.unload();
      return true;
    }
    const { params: request, ...invoked } = invocation;
    const { functionName, idempotencyKey } = invoked;
    const refusal = running.refusal(functionName, request);
    if (refusal !== undefined) {
      this.#inbox.refused(idempotencyKey, refusal);
      return true;
    }
    const index = this.#journal.append({ type: "ExportedFunctionInvoked", ...invoked, request });
    const startedAt = this.#journal.oplog.at(index)?.timestamp ?? 0;
    await this.#call(running, functionName, request, { ...invoked, startedAt });
    if (!running.isEphemeral) return true;
    this.unload();
    return !this.#inbox.isEmpty();
  }

  async #call(
    running: RunningInstance,
    functionName: string,
    params: readonly unknown[],
    origin: InvocationOrigin,
  ): Promise<void> {
    const { idempotencyKey } = origin;
    const response = await running.call(functionName, params, origin);
    if (this.#journal.live) this.#journal.append({ type: "ExportedFunctionCompleted", response });
    else takeResult(this.#journal, functionName, response);
    // The instance may have been lost between the writing of the result and its report.
    this.#journal.commit();
    this.#inbox.completed(idempotencyKey, response);
  }

  #assertNotStopped(): void {
    if (this.#stop !== undefined) throw new Signal(this.#stop);
  }

  /** The instance is lost. Records why, and says whether the worker goes on. */
  async #ended(thrown: unknown): Promise<Outcome> {
    const error = passingTrouble(thrown) ?? thrown;
    const running = this.#running;
    this.unload();
    // A guest that ran into the end of its instance may report something else than the signal itself.
    const reason = error instanceof Signal ? error.reason : running?.stopReason;
    try {
      const update = this.#attempt;
      if (update?.failedWith(running !== undefined, reason) === true && !(error instanceof StorageError)) {
        update.giveUp(error, running);
        return this.#end.afterFailedUpdate();
      }
      if (running?.isEphemeral === true && (reason === undefined || reason.type === "suspend"))
        return this.#end.failedForGood(error, running.stderr);
      if (reason !== undefined) return this.#stoppedFor(reason);
      // Without an instance it is not the guest's doing.
      if (error instanceof StorageError || (running === undefined && isHostTrouble(error))) throw error;
      return await this.#end.failed(error, running?.stderr ?? "");
    } catch (failure) {
      // What could not be written stays in memory, and nobody was told of it: the next call tries again.
      this.#inbox.abandoned(asGolemError(failure));
      this.#stop = { type: "shutdown" };
      return "halt";
    }
  }

  #stoppedFor(given: SignalReason): Outcome {
    // What suspends itself while it is to begin anew does that.
    const reason = given.type === "suspend" && this.#stop?.type === "restart" ? this.#stop : given;
    if (reason.type === "restart") this.#stop = undefined;
    return this.#end.stoppedFor(reason);
  }
}
