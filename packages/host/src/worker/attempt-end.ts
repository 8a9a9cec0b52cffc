import { GolemError, interruptedError } from "../ground/golem-error.ts";
import { StorageError } from "../ground/storage-error.ts";
import type { Journal } from "../journal/journal.ts";
import { retryDelay } from "../journal/retry-policy.ts";
import { Signal, type SignalReason } from "../journal/signals.ts";
import { DivergenceError } from "../oplog/divergence-error.ts";
import { failureError } from "./failure-error.ts";
import type { Inbox } from "./inbox.ts";
import { isStackOverflow, trapText } from "./instance/trap-text.ts";
import type { RunnerOptions } from "./runner-options.ts";

/** Whether a worker goes on when its instance is lost. */
export type Outcome = "continue" | "halt";

/** What becomes of a worker when an attempt ends: the reason is recorded, and those are told who wait. */
export class AttemptEnd {
  readonly #journal: Journal;
  readonly #inbox: Inbox;
  readonly #options: RunnerOptions;
  #endDelay: (() => void) | undefined;

  constructor(journal: Journal, inbox: Inbox, options: RunnerOptions) {
    this.#journal = journal;
    this.#inbox = inbox;
    this.#options = options;
  }

  /** If the next attempt is waited for, it begins now. */
  endDelay(): void {
    this.#endDelay?.();
  }

  /** It was ended for a reason that is no failure. */
  stoppedFor(reason: SignalReason): Outcome {
    switch (reason.type) {
      case "restart":
        if (reason.losesUncommitted === true) this.#inbox.lost(this.#journal.loseUncommitted());
        return "continue";
      case "stuck":
        // It had come to its end just before.
        return "continue";
      case "shutdown":
        return "halt";
      case "suspend":
        // Without the alarm it would sleep for ever.
        if (reason.wakeAt !== undefined) this.#options.wakeAt(reason.wakeAt);
        this.#journal.append({ type: "Suspend" });
        this.#journal.commit();
        return "halt";
      case "limit": {
        const { details } = reason;
        this.#journal.append({ type: "Interrupted", reason: details });
        this.#journal.commit();
        this.#options.notice(details);
        this.#inbox.abandoned(new GolemError({ type: "RuntimeError", details }));
        return "halt";
      }
      case "interrupt":
        this.#journal.append({ type: "Interrupted" });
        this.#journal.commit();
        this.#inbox.abandoned(interruptedError());
        return "halt";
      case "exit":
        this.#journal.append({ type: "Exited" });
        this.#journal.commit();
        this.#inbox.abandoned(new GolemError({ type: "PreviousInvocationExited" }));
        return "halt";
    }
  }

  /** The old version goes on, unless it had failed on it for good. */
  afterFailedUpdate(): Outcome {
    const { status, failures } = this.#journal.state;
    if (status !== "Failed") return "continue";
    this.#inbox.abandoned(new GolemError({ type: "PreviousInvocationFailed", details: failures.last ?? "" }));
    return "halt";
  }

  /** An instance that is for one invocation only is not replayed, so that nothing can be tried again. */
  failedForGood(error: unknown, stderr: string): Outcome {
    if (error instanceof StorageError) throw error;
    const details =
      error instanceof Signal ? "An ephemeral worker cannot wait for a promise" : trapText(error, stderr);
    const { open } = this.#journal.state;
    this.#journal.append({ type: "Error", error: details });
    this.#journal.append({ type: "Restart" });
    this.#journal.commit();
    if (open !== undefined)
      this.#inbox.refused(open.idempotencyKey, new GolemError({ type: "RuntimeError", details }));
    return this.#inbox.isEmpty() ? "halt" : "continue";
  }

  /** It failed: the worker tries again after a while, as often as its retry policy says. */
  async failed(error: unknown, stderr: string): Promise<Outcome> {
    const details = trapText(error, stderr);
    this.#journal.append({ type: "Error", error: details, ...(isStackOverflow(error) && { final: true }) });
    this.#journal.commit();
    const { state } = this.#journal;
    const delay =
      state.status === "Failed"
        ? undefined
        : retryDelay(state.retryPolicy, state.failures.count, this.#options.random());
    if (delay === undefined) {
      const open = failureError(error, details);
      // What diverges is not the fault of any invocation.
      const diverged = error instanceof DivergenceError;
      const others = diverged ? open : new GolemError({ type: "PreviousInvocationFailed", details });
      this.#inbox.abandoned(others, open);
      return "halt";
    }
    const ended = new AbortController();
    this.#endDelay = () => ended.abort();
    await this.#options.activity.waiting(this.#options.delay(delay, ended.signal), "inside");
    this.#endDelay = undefined;
    return "continue";
  }
}
