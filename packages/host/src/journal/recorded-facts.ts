import type { CallId } from "../ground/api/call-id.ts";
import type { EntryOf, OplogRegion, QueuedInvocation, QueuedUpdate } from "../oplog/entry.ts";
import { Failures, type SavedFailures } from "./failures.ts";
import { OpenRegions } from "./open-regions.ts";
import { RetryPolicyChanges, type SavedPolicyChanges } from "./retry-policy.ts";
import { type SavedUpdates, Updates } from "./updates.ts";
import type { OpenInvocation, OwnedResource } from "./worker-facts.ts";

/** Why a worker is not running although it has something to do, or will never run again. */
type Halt = "none" | "suspended" | "interrupted" | "exited";

/** What is a number or a word. */
interface PlainFacts {
  create: EntryOf<"Create"> | undefined;
  createdAt: number;
  halt: Halt;
  memorySize: number;
  componentVersion: number;
  componentSize: number;
}

/** What an oplog says up to an entry, as plain data. */
export interface SavedState {
  readonly create: EntryOf<"Create"> & { readonly timestamp: number };
  readonly memorySize: number;
  readonly componentVersion: number;
  readonly componentSize: number;
  readonly failures: SavedFailures;
  readonly retryPolicies: SavedPolicyChanges;
  readonly position: number;
  readonly pending: ReadonlyMap<string, QueuedInvocation | QueuedUpdate>;
  readonly completed: ReadonlyMap<string, number>;
  readonly deletedRegions: readonly OplogRegion[];
  readonly reverted: readonly OplogRegion[];
  readonly stored: number;
  readonly resources: ReadonlyMap<number, OwnedResource>;
  readonly updates: SavedUpdates;
  readonly calls: ReadonlySet<CallId>;
}

/** All that a worker's oplog says, entry by entry: what {@link WorkerState} changes and reads. */
export class RecordedFacts {
  protected readonly facts: PlainFacts;
  readonly failures: Failures;
  readonly retryPolicies: RetryPolicyChanges;
  /** Index of the last entry that a replay takes, or of the revert after it: the past of what comes next is another one. */
  position: number;
  open: OpenInvocation | undefined;
  readonly pending: Map<string, QueuedInvocation | QueuedUpdate>;
  /** Idempotency key → index of its `ExportedFunctionCompleted`. */
  readonly completed: Map<string, number>;
  readonly deletedRegions: OplogRegion[];
  /** Those of them that reverts have deleted. */
  readonly reverted: OplogRegion[];
  /** Bytes that the worker has written to buckets and blobs. */
  stored: number;
  readonly openRegions = new OpenRegions();
  readonly resources: Map<number, OwnedResource>;
  readonly updates: Updates;
  /** What others have had done to the worker, once each. A revert does not undo it. */
  readonly calls: Set<CallId>;

  /** @param saved what an oplog said up to an entry. @default nothing: it begins */
  constructor(saved?: SavedState) {
    this.facts = {
      create: saved?.create,
      createdAt: saved?.create.timestamp ?? 0,
      halt: "none",
      memorySize: saved?.memorySize ?? 0,
      componentVersion: saved?.componentVersion ?? 0,
      componentSize: saved?.componentSize ?? 0,
    };
    this.failures = saved === undefined ? new Failures() : Failures.restored(saved.failures);
    this.retryPolicies = new RetryPolicyChanges(saved?.retryPolicies);
    this.position = saved?.position ?? 0;
    this.pending = new Map(saved?.pending);
    this.completed = new Map(saved?.completed);
    this.deletedRegions = [...(saved?.deletedRegions ?? [])];
    this.reverted = [...(saved?.reverted ?? [])];
    this.stored = saved?.stored ?? 0;
    this.resources = new Map(saved?.resources);
    this.updates = saved === undefined ? new Updates() : Updates.restored(saved.updates);
    this.calls = new Set(saved?.calls);
  }

  /** All of it, as plain data; `undefined` while something is open: an invocation, or a reason not to go on. */
  saved(): SavedState | undefined {
    if (this.open !== undefined || this.openRegions.any || this.facts.halt !== "none") return undefined;
    const { position, pending, completed, deletedRegions, reverted, stored, resources, calls } = this;
    return {
      create: this.create,
      memorySize: this.memorySize,
      componentVersion: this.componentVersion,
      componentSize: this.componentSize,
      failures: this.failures.saved(),
      retryPolicies: this.retryPolicies.saved(),
      updates: this.updates.saved(),
      position,
      pending,
      completed,
      deletedRegions,
      reverted,
      stored,
      resources,
      calls,
    };
  }

  get create(): EntryOf<"Create"> {
    if (this.facts.create === undefined) throw new Error("An oplog must begin with its Create entry");
    return this.facts.create;
  }

  get createdAt(): number {
    return this.facts.createdAt;
  }

  get componentVersion(): number {
    return this.facts.componentVersion;
  }

  get componentSize(): number {
    return this.facts.componentSize;
  }

  get memorySize(): number {
    return this.facts.memorySize;
  }
}
