import type { MoveOutcome } from "../ground/api/moves.ts";
import type { GolemError } from "../ground/golem-error.ts";
import type { OplogEntry, QueuedInvocation, QueuedUpdate } from "../oplog/entry.ts";

/** Where invocations come from and where their results go. */
export interface Inbox {
  /** The next invocation to run, if there is one. */
  take(): QueuedInvocation | QueuedUpdate | undefined;
  isEmpty(): boolean;
  /** These entries were lost: the invocations in them are asked for again. */
  lost(entries: readonly OplogEntry[]): void;
  completed(idempotencyKey: string, response: unknown): void;
  /** The invocation cannot be run at all; nothing was written about it. */
  refused(idempotencyKey: string, error: GolemError): void;
  /** The component that the next invocations run on is settled: by an update, with that index. */
  updated(index: number, outcome: MoveOutcome): void;
  /** Nobody who waits will get a result. @param open for the invocation that was running, the rest gets `others` */
  abandoned(others: GolemError, open?: GolemError): void;
}
