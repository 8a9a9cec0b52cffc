import { GolemError } from "../ground/golem-error.ts";
import type { MoveOutcome } from "../ground/api/moves.ts";
import type { Journal } from "../journal/journal.ts";
import { lostInvocations } from "../journal/lost-invocations.ts";
import type { OplogEntry, QueuedInvocation, QueuedUpdate } from "../oplog/entry.ts";
import { assertAccepting } from "./assert-accepting.ts";
import type { Inbox } from "./inbox.ts";
import { Moves } from "./moves.ts";
import { Waiters } from "./waiters.ts";

/**
 * The invocations of one worker, from being asked for to being answered: those that wait for their turn, by the oplog, and
 * the callers that wait for them. One with a key that was seen before does not run again.
 */
export class InvocationQueue implements Inbox {
  readonly #journal: Journal;
  readonly #waiters = new Waiters();
  /** Those who wait for what comes of updates. */
  readonly moves = new Moves();
  /** An awaited call that starts at once is written with its result; nothing was promised to anybody before. */
  #direct: QueuedInvocation | undefined;
  #updated = Promise.withResolvers<void>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** True if nobody waits for an answer. */
  get isUnwatched(): boolean {
    return this.#waiters.isEmpty && this.moves.isEmpty;
  }

  /** True if there is something to run that the oplog does not know of. */
  get hasUnwritten(): boolean {
    return this.#direct !== undefined;
  }

  /** Resolves when the component that the next invocations run on is settled. */
  get whenUpdated(): Promise<void> {
    return this.#updated.promise;
  }

  /**
   * Takes an invocation whose caller waits. It resolves with its value, or with that of the first one with this key.
   *
   * @param busy others run, or are to run before it
   * @throws GolemError
   */
  ask(invocation: QueuedInvocation, busy: boolean): Promise<unknown> {
    const { idempotencyKey } = invocation;
    const isNew = !this.knows(idempotencyKey);
    assertAccepting(this.#journal.state, isNew);
    const result = this.#waiters.wait(idempotencyKey);
    const { open, pending } = this.#journal.state;
    if (isNew && (busy || open || pending.size > 0)) this.#enqueue(invocation);
    else if (isNew) this.#direct = invocation;
    return result;
  }

  /** Takes an invocation for which nobody waits. @throws GolemError */
  accept(invocation: QueuedInvocation): void {
    const { idempotencyKey: key } = invocation;
    if (!this.isCompleted(key)) assertAccepting(this.#journal.state, !this.knows(key));
    this.enqueueUnknown([invocation]);
  }

  /** True if it was still pending. @throws GolemError `InvalidRequest` for an unknown key */
  cancel(idempotencyKey: string): boolean {
    if (this.#hasBegun(idempotencyKey) || this.isCompleted(idempotencyKey)) return false;
    if (!this.#journal.state.pending.has(idempotencyKey))
      throw new GolemError({ type: "InvalidRequest", details: "Invocation not found" });
    const details = "The invocation was cancelled";
    this.refused(idempotencyKey, new GolemError({ type: "InvalidRequest", details }));
    return true;
  }

  /** Enqueues those of these invocations that are neither there nor answered. */
  enqueueUnknown(invocations: readonly QueuedInvocation[]): void {
    for (const each of invocations)
      if (!this.knows(each.idempotencyKey) && !this.isCompleted(each.idempotencyKey)) this.#enqueue(each);
  }

  /** Callers whose invocation a revert took away are told. */
  forgetReverted(): void {
    this.#waiters.rejectUnless(
      (key) => this.knows(key) || this.isCompleted(key),
      new GolemError({ type: "InvalidRequest", details: "The invocation was reverted" }),
    );
  }

  /** Nobody who waits will get an answer; what waits for its turn stays. */
  rejectAll(error: GolemError): void {
    this.#waiters.rejectAll(error);
  }

  /** True if it runs, or is to run. */
  knows(idempotencyKey: string): boolean {
    return this.#hasBegun(idempotencyKey) || this.#journal.state.pending.has(idempotencyKey);
  }

  isCompleted(idempotencyKey: string): boolean {
    return this.#journal.state.completed.has(idempotencyKey);
  }

  take(): QueuedInvocation | QueuedUpdate | undefined {
    const next = this.#direct ?? this.#journal.state.pending.values().next().value;
    this.#direct = undefined;
    return next;
  }

  isEmpty(): boolean {
    return this.#direct === undefined && this.#journal.state.pending.size === 0;
  }

  lost(entries: readonly OplogEntry[]): void {
    this.enqueueUnknown(lostInvocations(entries));
  }

  updated(index: number, outcome: MoveOutcome): void {
    this.moves.settle(index, outcome);
    this.#updated.resolve();
    this.#updated = Promise.withResolvers<void>();
  }

  completed(idempotencyKey: string, response: unknown): void {
    this.#waiters.resolve(idempotencyKey, response);
  }

  refused(idempotencyKey: string, error: GolemError): void {
    if (this.#journal.state.pending.has(idempotencyKey))
      this.#journal.append({ type: "CancelPendingInvocation", idempotencyKey });
    this.#waiters.reject(idempotencyKey, error);
  }

  abandoned(others: GolemError, open?: GolemError): void {
    this.#direct = undefined;
    const running = this.#journal.state.open?.idempotencyKey;
    if (running !== undefined && open !== undefined) this.#waiters.reject(running, open);
    this.#waiters.rejectAll(others);
  }

  #hasBegun(key: string): boolean {
    return this.#journal.state.open?.idempotencyKey === key || this.#direct?.idempotencyKey === key;
  }

  #enqueue(invocation: QueuedInvocation): void {
    this.#journal.append({ type: "PendingWorkerInvocation", invocation });
  }
}
