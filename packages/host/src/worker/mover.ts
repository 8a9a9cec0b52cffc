import type { CallId } from "../ground/api/call-id.ts";
import type { MovedLater, MoveOutcome } from "../ground/api/moves.ts";
import { clearTimeout, setTimeout } from "../ground/clock/real-time.ts";
import type { Journal } from "../journal/journal.ts";
import { noteMove } from "../journal/note-update.ts";
import { commitForCaller } from "./commit-for-caller.ts";
import type { InstanceRunner } from "./instance-runner.ts";
import type { InvocationQueue } from "./invocation-queue.ts";
import { outcomeOf } from "./update-attempt.ts";

/** Milliseconds for which who moves a worker waits until its request or its atomic region is over. */
const LONGEST_REGION = 10_000;

/** A worker, as its moves need it. */
export interface Movable {
  readonly journal: Journal;
  readonly queue: InvocationQueue;
  readonly runner: InstanceRunner;
  /** What it runs; `undefined` if that is nothing. */
  readonly loop: () => Promise<void> | undefined;
  /** Lets it run. */
  readonly start: () => void;
  /** Arranges that {@link Mover.attempt} is called when it is the worker's turn. */
  readonly attemptSoon: () => void;
}

/**
 * Moves one worker to other versions. What it does now is replayed and goes on, but not in the middle of a request to the
 * outside or of an atomic region: these would begin anew, and are waited for.
 */
export class Mover {
  readonly #worker: Movable;
  /** Ends the wait until no region is open. */
  #endWait: (() => void) | undefined;

  constructor(worker: Movable) {
    this.#worker = worker;
  }

  /** True if there is an update to be tried that waits for nothing but its turn. */
  get isDue(): boolean {
    return this.#worker.journal.state.updates.next?.waits === true && this.#endWait === undefined;
  }

  /** Notes it, in place of earlier ones. One that has no instance and nothing to do is moved when it next wakes. */
  async move(targetVersion: number, by: CallId, anyResult: boolean): Promise<MoveOutcome> {
    const { journal, queue, runner, loop } = this.#worker;
    const version = journal.state.componentVersion;
    if (journal.state.status === "Exited")
      return {
        status: "stays",
        version,
        reason: { message: "The worker has exited: it runs nothing any more" },
      };
    const noted = journal.hasCarriedOut(by)
      ? journal.state.updates.automaticTo(targetVersion)
      : noteMove(journal, targetVersion, by, anyResult);
    commitForCaller(journal);
    queue.moves.settleUnless(
      (index) => journal.state.updates.isPending(index),
      later(version, "it is to be moved to another version instead"),
    );
    if (noted === undefined) return outcomeOf(journal.state, targetVersion);
    const hasInstance = runner.instanceSize > 0;
    if (loop() === undefined) runner.unload();
    if (loop() === undefined && !hasInstance && !journal.state.active)
      return later(version, `it has no instance at the moment (${journal.state.status})`);
    const outcome = queue.moves.wait(noted.index);
    this.#worker.attemptSoon();
    return outcome;
  }

  /** Tries what is noted, at once if the worker may be stopped. Resolves when it is known what came of it, or begins to wait. */
  async attempt(): Promise<void> {
    const { journal, runner, loop, start } = this.#worker;
    if (!this.isDue || journal.state.status === "Interrupted") return;
    if (loop() === undefined) {
      runner.unload();
      start();
    } else if (runner.isLive && journal.state.openRegions.any) this.#waitForRegion();
    else if (runner.attempting !== journal.state.updates.next?.index) runner.stop({ type: "restart" });
    await this.updated();
  }

  /** Resolves when no update by replay is under way: what runs next runs on the version that the state tells. */
  async updated(): Promise<void> {
    const { journal, queue, loop } = this.#worker;
    while (loop() !== undefined && journal.state.updates.next !== undefined && this.#endWait === undefined)
      await Promise.race([queue.whenUpdated, loop()]);
  }

  /** The worker has stopped running. One that was done before its turn came is moved all the same. */
  rested(): void {
    this.#endWait?.();
    const { journal, runner, attemptSoon } = this.#worker;
    if (this.isDue && journal.state.status === "Idle" && !runner.stopped) attemptSoon();
    else this.ended();
  }

  /** Nothing is tried any more for now. */
  ended(): void {
    const { journal, queue } = this.#worker;
    const { componentVersion, status } = journal.state;
    queue.moves.settleUnless(() => false, later(componentVersion, `it was stopped (${status})`));
  }

  #waitForRegion(): void {
    const { journal, queue, runner } = this.#worker;
    const { componentVersion: version, updates } = journal.state;
    const unwatch = journal.onAppend(() => {
      if (journal.state.openRegions.any) return;
      end();
      if (this.isDue) runner.stop({ type: "restart" });
    });
    const timer = setTimeout(() => {
      const outcome = later(version, "it is in the middle of a request or of an atomic region");
      if (updates.next !== undefined) queue.moves.settle(updates.next.index, outcome);
    }, LONGEST_REGION);
    const end = (): void => {
      unwatch();
      clearTimeout(timer);
      this.#endWait = undefined;
    };
    this.#endWait = end;
  }
}

function later(version: number, because: string): MovedLater {
  return { status: "later", version, because };
}
