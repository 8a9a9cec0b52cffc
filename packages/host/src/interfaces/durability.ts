import type { CallId } from "../ground/api/call-id.ts";
import type { EntryOf, PersistenceLevel, RetryPolicy } from "../oplog/entry.ts";
import type { PersistedCall } from "../oplog/persisted-call.ts";
import type { RemoteWrite } from "../oplog/remote-write.ts";

/** What a guest may do with its own oplog. */
export interface Durability {
  /** False while recorded entries are left to replay. */
  readonly live: boolean;
  /** Index of the newest entry: what was recorded up to now. */
  readonly lastIndex: number;
  /** Names the call that the guest makes now: the same if it is made again because its record was lost, and no other. */
  readonly callId: CallId;
  /** True if remote writes may be made again. @default true */
  idempotenceMode: boolean;
  readonly persistenceLevel: PersistenceLevel;
  /** What holds where the guest is. */
  readonly retryPolicy: RetryPolicy;
  setPersistenceLevel(level: PersistenceLevel): void;
  setRetryPolicy(policy: RetryPolicy): void;
  /** Marks a point of the oplog and returns its index. */
  mark(): number;
  /** Goes back to just after `index`, forgetting what came later. Does not return when live. @throws RangeError */
  setOplogIndex(index: number): void;
  /** What was done so far survives the process. */
  commit(): void;
  /**
   * What was committed survives a loss of power, if the host is to survive one: to be called before anything is done at once
   * that others can see. Calls to other workers wait by themselves.
   */
  flush(): void;
  beginAtomicRegion(): number;
  endAtomicRegion(beginIndex: number): void;
  beginRemoteWrite(): RemoteWrite;
  endRemoteWrite(write: RemoteWrite): void;
  /** What led to a change of the outside world must not be forgotten once the change is made. */
  commitForRemoteWrite(): void;
  /** Throws if the instance is being stopped. */
  assertRunning(): void;
  /** @throws UnrecordedCallError if what the guest calls now was not to be persisted, so that there is nothing to be replayed */
  assertPersisted(call: string): void;
  /** Records a function of the guest's own. @throws Error while replaying */
  persist(call: PersistedCall): void;
  /** @throws Error when nothing is left to replay */
  readPersisted(): EntryOf<"ImportedFunctionInvoked">;
  /** A key that is the same whenever this point of this invocation is reached. */
  deriveIdempotencyKey(): string;
  /** Like `deriveIdempotencyKey`, for a call whose key is not recorded before it is made. */
  deriveCallKey(): string;
}
