import { workerIdText } from "../ground/api/worker-id.ts";
import type { CallId } from "../ground/api/call-id.ts";
import { v5 } from "../ground/uuid.ts";
import type { EntryOf, PersistenceLevel, RetryPolicy } from "../oplog/entry.ts";
import type { PersistedCall } from "../oplog/persisted-call.ts";
import type { RemoteWrite } from "../oplog/remote-write.ts";
import { UnrecordedCallError } from "../oplog/unrecorded-call-error.ts";
import type { Journal } from "./journal.ts";
import type { Interruption } from "./interruption.ts";
import { Signal } from "./signals.ts";

/** Namespace of the keys derived from an invocation key that is not a UUID itself; part of Golem's contract. */
const KEY_NAMESPACE = "9c19b15a-c83d-46f7-9bc3-ead7923733f4";

/** Operations of a guest on its own oplog: they have entry kinds of their own. */
export class DurableOperations {
  readonly #journal: Journal;
  readonly #interruption: Interruption;
  readonly #strict: boolean;
  #idempotencyKey = "";
  #retryPolicy: RetryPolicy;
  idempotenceMode = true;
  persistenceLevel: PersistenceLevel = "smart";

  /** @param strict no jump goes to where an earlier one has led, which Golem 1.2 cannot do */
  constructor(journal: Journal, interruption: Interruption, strict = false) {
    this.#journal = journal;
    this.#strict = strict;
    this.#interruption = interruption;
    this.#retryPolicy = journal.state.retryPolicies.before(journal.start);
  }

  /** The guest now serves the invocation with this key. */
  beginInvocation(idempotencyKey: string): void {
    this.#idempotencyKey = idempotencyKey;
  }

  /** @throws Signal if the instance is being stopped */
  assertRunning(): void {
    this.#interruption.assertNone();
  }

  /** @throws UnrecordedCallError if what the guest calls now was not to be persisted, so that there is nothing to be replayed */
  assertPersisted(call: string): void {
    if (this.persistenceLevel === "persist-nothing" && !this.#journal.live)
      throw new UnrecordedCallError(call);
  }

  /** Names the call that the guest makes now: the same if it is made again because its record was lost, and no other. */
  get callId(): CallId {
    const { create, createdAt } = this.#journal.state;
    return `${workerIdText(create.workerId)} ${createdAt} ${this.#callPlace}`;
  }

  /** Where a call is made: behind the last entry that a replay takes. What is not recorded is nowhere twice. */
  get #callPlace(): string {
    return this.#journal.isRecording ? String(this.#journal.state.position) : crypto.randomUUID();
  }

  /** Marks a point of the oplog and returns its index (golem:api/host get-oplog-index). */
  mark(): number {
    if (this.#journal.live) return this.#journal.append({ type: "NoOp" });
    return this.#journal.take("NoOp", "a mark in the oplog (get-oplog-index or create-promise)")[0];
  }

  /** Index of the newest entry: what was recorded up to now. */
  get lastIndex(): number {
    return this.#journal.oplog.lastIndex;
  }

  /** golem:api/host mark-begin-operation. */
  beginAtomicRegion(): number {
    if (this.#journal.live) return this.#journal.append({ type: "BeginAtomicRegion" });
    const [index] = this.#journal.take("BeginAtomicRegion", "the begin of an atomic region");
    if (!this.#journal.state.openRegions.isComplete(index)) this.#journal.jumpBackTo(index);
    return index;
  }

  /** golem:api/host mark-end-operation. */
  endAtomicRegion(beginIndex: number): void {
    if (this.#journal.live) this.#journal.append({ type: "EndAtomicRegion", beginIndex });
    else this.#journal.take("EndAtomicRegion", "the end of an atomic region");
  }

  /**
   * Begins something that changes what others can see. What was recorded of it whole is replayed; if the worker was
   * lost in the middle, it is done again from here, or not at all when the guest said that it must not be.
   *
   * @throws Signal if the instance is being stopped
   */
  beginRemoteWrite(): RemoteWrite {
    if (!this.#journal.live) {
      const [beginIndex] = this.#journal.take("BeginRemoteWrite", "the begin of a remote write");
      if (this.#journal.state.openRegions.isComplete(beginIndex)) return { beginIndex, recorded: true };
      if (!this.idempotenceMode)
        throw new Error("Non-idempotent remote write operation was not completed, cannot retry");
      this.#journal.jumpBackTo(beginIndex);
      this.commitForRemoteWrite();
      return { beginIndex, recorded: false };
    }
    const beginIndex = this.#journal.append({ type: "BeginRemoteWrite" });
    this.commitForRemoteWrite();
    return { beginIndex, recorded: false };
  }

  endRemoteWrite({ beginIndex }: RemoteWrite): void {
    if (this.#journal.live) this.#journal.append({ type: "EndRemoteWrite", beginIndex });
    else this.#journal.take("EndRemoteWrite", "the end of a remote write");
  }

  /**
   * What led to a change of the outside world must not be forgotten once the change is made.
   *
   * @throws Signal if the instance is being stopped
   */
  commitForRemoteWrite(): void {
    this.assertRunning();
    this.#journal.commit();
  }

  /** False while recorded entries are left to replay. */
  get live(): boolean {
    return this.#journal.live;
  }

  /** golem:durability persist-durable-function-invocation. @throws Error while replaying */
  persist(call: PersistedCall): void {
    if (!this.#journal.live) {
      throw new Error(
        `${call.functionName} was persisted while the worker replays: where current-durable-execution-state is not live, ` +
          "read what was persisted instead",
      );
    }
    this.#journal.append({ type: "ImportedFunctionInvoked", ...call });
  }

  /** golem:durability read-persisted-durable-function-invocation. @throws Error when nothing is left to replay */
  readPersisted(): EntryOf<"ImportedFunctionInvoked"> {
    return this.#journal.take("ImportedFunctionInvoked", "a call that was persisted")[1];
  }

  commit(): void {
    this.#journal.commit();
  }

  flush(): void {
    this.#journal.flush();
  }

  /** golem:api/host set-oplog-index: goes back to just after `index`, forgetting what came later. Does not return when live. */
  setOplogIndex(index: number): void {
    if (!this.#journal.live) return;
    if (index > this.#journal.oplog.lastIndex) {
      throw new RangeError(
        `Cannot set the oplog index to ${index}: the oplog ends at ${this.#journal.oplog.lastIndex}`,
      );
    }
    const { deletedRegions } = this.#journal.state;
    if (this.#strict && deletedRegions.some(({ start, end }) => index + 1 >= start && index < end)) {
      throw new RangeError(
        `Attempted to jump to a deleted region in oplog: an earlier jump went back to ${index}, too. Golem 1.2 goes back ` +
          "to a mark once. What to do: make a mark for each time.",
      );
    }
    if (deletedRegions.some((region) => index + 1 > region.start && index <= region.end)) {
      throw new RangeError(
        `Cannot set the oplog index to ${index}: that part of the oplog was deleted by an earlier jump`,
      );
    }
    this.#journal.jumpBackTo(index);
    this.#journal.commit();
    throw new Signal({ type: "restart" });
  }

  /** What holds where the guest is; the oplog may go on with another one. */
  get retryPolicy(): RetryPolicy {
    return this.#retryPolicy;
  }

  setRetryPolicy(newPolicy: RetryPolicy): void {
    this.#retryPolicy = newPolicy;
    if (this.#journal.live) this.#journal.append({ type: "ChangeRetryPolicy", newPolicy });
    else this.#journal.take("ChangeRetryPolicy", "a change of the retry policy");
  }

  setPersistenceLevel(level: PersistenceLevel): void {
    if (level === this.persistenceLevel) return;
    this.persistenceLevel = level;
    if (this.#journal.live) this.#journal.append({ type: "ChangePersistenceLevel", level });
  }

  /**
   * A key that is the same whenever this point of this invocation is reached: UUIDv5 of the oplog index, in the
   * namespace of the invocation's own key.
   */
  deriveIdempotencyKey(): string {
    return this.#keyAt(this.#journal.isRecording ? String(this.#journal.oplog.lastIndex) : this.#callPlace);
  }

  /** Like `deriveIdempotencyKey`, for a call whose key is not recorded before it is made: the same if it is made again. */
  deriveCallKey(): string {
    return this.#keyAt(this.#callPlace);
  }

  #keyAt(index: string): string {
    const namespace = isUuid(this.#idempotencyKey)
      ? this.#idempotencyKey
      : v5(this.#idempotencyKey, KEY_NAMESPACE);
    return v5(`oplog-index-${index}`, namespace);
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
