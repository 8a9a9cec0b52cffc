// Generated from the platform's WIT packages by `npm run types`. Do not edit.

declare module "golem:api/context@1.1.6" {
  /**
   * A child of the current span. It is finished when dropped.
   */
  export function startSpan(name: string): Span;
  export function currentContext(): InvocationContext;
  /**
   * Whether outgoing HTTP requests carry the trace headers. Returns what was set before; `true` at first.
   */
  export function allowForwardingTraceContextHeaders(allow: boolean): boolean;
  export type Datetime = import('wasi:clocks/wall-clock@0.2.0').Datetime;
  export type AttributeValue =
    | {
      tag: 'string',
      val: string,
    };
  export interface Attribute {
    key: string,
    value: AttributeValue,
  }
  export interface AttributeChain {
    key: string,
    values: Array<AttributeValue>,
  }
  export type TraceId = string;
  export type SpanId = string;

  export class InvocationContext implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    traceId(): TraceId;
    spanId(): SpanId;
    parent(): InvocationContext | undefined;
    getAttribute(key: string, inherited: boolean): AttributeValue | undefined;
    getAttributes(inherited: boolean): Array<Attribute>;
    /**
    * The values of an attribute in this span and its ancestors, innermost first.
    */
    getAttributeChain(key: string): Array<AttributeValue>;
    getAttributeChains(): Array<AttributeChain>;
    traceContextHeaders(): Array<[string, string]>;
    [Symbol.dispose](): void;
  }

  export class Span implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    startedAt(): Datetime;
    setAttribute(name: string, value: AttributeValue): void;
    setAttributes(attributes: Array<Attribute>): void;
    finish(): void;
    [Symbol.dispose](): void;
  }
}

declare module "golem:api/host@1.1.6" {
  /**
   * A promise that belongs to this worker; whoever knows its id can complete it, from outside through REST too.
   */
  export function createPromise(): PromiseId;
  /**
   * Suspends the worker until the promise is completed. It needs no memory meanwhile: the instance is dropped and
   * brought back by replay.
   */
  export function awaitPromise(promiseId: PromiseId): Uint8Array;
  /**
   * `none` as long as nobody completed the promise.
   */
  export function pollPromise(promiseId: PromiseId): Uint8Array | undefined;
  /**
   * `false` when the promise was completed before; the first data stay.
   */
  export function completePromise(promiseId: PromiseId, data: Uint8Array): boolean;
  export function deletePromise(promiseId: PromiseId): void;
  /**
   * A place to come back to with `set-oplog-index`.
   */
  export function getOplogIndex(): OplogIndex;
  /**
   * Throws away what happened after that index and goes on from there. Does not return.
   */
  export function setOplogIndex(oplogIdx: OplogIndex): void;
  /**
   * Returns when the oplog so far is stored by that many replicas.
   */
  export function oplogCommit(replicas: number): void;
  /**
   * Begins an atomic region: what a failure interrupts in it is executed again from here.
   */
  export function markBeginOperation(): OplogIndex;
  /**
   * Ends the atomic region that began at `begin`.
   */
  export function markEndOperation(begin: OplogIndex): void;
  export function getRetryPolicy(): RetryPolicy;
  /**
   * Overrides the retry policy for this worker from here on.
   */
  export function setRetryPolicy(newRetryPolicy: RetryPolicy): void;
  export function getOplogPersistenceLevel(): PersistenceLevel;
  /**
   * How much of what follows can be replayed; `smart` at first.
   */
  export function setOplogPersistenceLevel(newPersistenceLevel: PersistenceLevel): void;
  export function getIdempotenceMode(): boolean;
  /**
   * Whether a remote write that was interrupted may be repeated; `true` at first. If not, the worker fails instead.
   */
  export function setIdempotenceMode(idempotent: boolean): void;
  /**
   * The same key on every replay, so that a remote system can recognise a repeated request.
   */
  export function generateIdempotencyKey(): Uuid;
  /**
   * Enqueues the update and returns at once.
   */
  export function updateWorker(workerId: WorkerId, targetVersion: ComponentVersion, mode: UpdateMode): void;
  /**
   * As of now: not replayed.
   */
  export function getSelfMetadata(): WorkerMetadata;
  /**
   * As of now: not replayed. `none` for an unknown worker.
   */
  export function getWorkerMetadata(workerId: WorkerId): WorkerMetadata | undefined;
  /**
   * Makes a new worker out of the first entries of another one's oplog, up to and including the cut-off.
   */
  export function forkWorker(sourceWorkerId: WorkerId, targetWorkerId: WorkerId, oplogIdxCutOff: OplogIndex): void;
  /**
   * Makes a worker forget what it did last. Other systems do not forget.
   */
  export function revertWorker(workerId: WorkerId, revertTarget: RevertWorkerTarget): void;
  /**
   * The component of that name; `none` when there is none.
   */
  export function resolveComponentId(componentReference: string): ComponentId | undefined;
  /**
   * Does not ask whether the worker exists.
   */
  export function resolveWorkerId(componentReference: string, workerName: string): WorkerId | undefined;
  /**
   * `none` when the worker does not exist.
   */
  export function resolveWorkerIdStrict(componentReference: string, workerName: string): WorkerId | undefined;
  export type Duration = import('wasi:clocks/monotonic-clock@0.2.0').Duration;
  export type ComponentId = import('golem:rpc/types@0.2.0').ComponentId;
  export type Uuid = import('golem:rpc/types@0.2.0').Uuid;
  export type WorkerId = import('golem:rpc/types@0.2.0').WorkerId;
  export type OplogIndex = bigint;
  export interface PromiseId {
    workerId: WorkerId,
    oplogIdx: OplogIndex,
  }
  export type ComponentVersion = bigint;
  export interface AccountId {
    value: string,
  }
  export interface RetryPolicy {
    maxAttempts: number,
    minDelay: Duration,
    maxDelay: Duration,
    multiplier: number,
    maxJitterFactor?: number | undefined,
  }
  export type PersistenceLevel =
    | {
      tag: 'persist-nothing',
    }
    | {
      tag: 'persist-remote-side-effects',
    }
    | {
      tag: 'smart',
    };
  export type UpdateMode = 'automatic' | 'snapshot-based';
  export type FilterComparator = 'equal' | 'not-equal' | 'greater-equal' | 'greater' | 'less-equal' | 'less';
  export type StringFilterComparator = 'equal' | 'not-equal' | 'like' | 'not-like';
  export type WorkerStatus = 'running' | 'idle' | 'suspended' | 'interrupted' | 'retrying' | 'failed' | 'exited';
  export interface WorkerNameFilter {
    comparator: StringFilterComparator,
    value: string,
  }
  export interface WorkerStatusFilter {
    comparator: FilterComparator,
    value: WorkerStatus,
  }
  export interface WorkerVersionFilter {
    comparator: FilterComparator,
    value: bigint,
  }
  export interface WorkerCreatedAtFilter {
    comparator: FilterComparator,
    value: bigint,
  }
  export interface WorkerEnvFilter {
    name: string,
    comparator: StringFilterComparator,
    value: string,
  }
  export type WorkerPropertyFilter =
    | {
      tag: 'name',
      val: WorkerNameFilter,
    }
    | {
      tag: 'status',
      val: WorkerStatusFilter,
    }
    | {
      tag: 'version',
      val: WorkerVersionFilter,
    }
    | {
      tag: 'created-at',
      val: WorkerCreatedAtFilter,
    }
    | {
      tag: 'env',
      val: WorkerEnvFilter,
    };
  export interface WorkerAllFilter {
    filters: Array<WorkerPropertyFilter>,
  }
  export interface WorkerAnyFilter {
    filters: Array<WorkerAllFilter>,
  }
  export interface WorkerMetadata {
    workerId: WorkerId,
    args: Array<string>,
    env: Array<[string, string]>,
    status: WorkerStatus,
    componentVersion: bigint,
    retryCount: bigint,
  }
  export type RevertWorkerTarget =
    | {
      tag: 'revert-to-oplog-index',
      val: OplogIndex,
    }
    | {
      tag: 'revert-last-invocations',
      val: bigint,
    };

  export class GetWorkers implements Disposable {
    /**
    * `precise` reads the present state of every worker, which costs more than the last known one.
    */
    constructor(componentId: ComponentId, filter: WorkerAnyFilter | undefined, precise: boolean)
    /**
    * One page; `none` after the last.
    */
    getNext(): Array<WorkerMetadata> | undefined;
    [Symbol.dispose](): void;
  }
}

declare module "golem:api/load-snapshot@1.1.6" {
  /**
   * Restores what `save` of an earlier version returned. An error cancels the update.
   */
  export function load(bytes: Uint8Array): void;
}

declare module "golem:api/oplog-processor@1.1.6" {
  export type Datetime = import('wasi:clocks/wall-clock@0.2.0').Datetime;
  export type WitValue = import('golem:rpc/types@0.2.0').WitValue;
  export type AccountId = import('golem:api/host@1.1.6').AccountId;
  export type OplogIndex = import('golem:api/host@1.1.6').OplogIndex;
  export type WorkerMetadata = import('golem:api/host@1.1.6').WorkerMetadata;
  export type OplogEntry = import('golem:api/oplog@1.1.6').OplogEntry;
  export type ComponentId = import('golem:rpc/types@0.2.0').ComponentId;
  export type WorkerId = import('golem:rpc/types@0.2.0').WorkerId;
  export interface AccountInfo {
    accountId: AccountId,
  }

  export class Processor implements Disposable {
    constructor(accountInfo: AccountInfo, componentId: ComponentId, config: Array<[string, string]>)
    /**
    * Consecutive entries of one worker.
    */
    process(workerId: WorkerId, metadata: WorkerMetadata, firstEntryIndex: OplogIndex, entries: Array<OplogEntry>): void;
    [Symbol.dispose](): void;
  }
}

declare module "golem:api/oplog@1.1.6" {
  export type Datetime = import('wasi:clocks/wall-clock@0.2.0').Datetime;
  export type WitValue = import('golem:rpc/types@0.2.0').WitValue;
  export type AccountId = import('golem:api/host@1.1.6').AccountId;
  export type ComponentVersion = import('golem:api/host@1.1.6').ComponentVersion;
  export type OplogIndex = import('golem:api/host@1.1.6').OplogIndex;
  export type RetryPolicy = import('golem:api/host@1.1.6').RetryPolicy;
  export type Uuid = import('golem:api/host@1.1.6').Uuid;
  export type WorkerId = import('golem:api/host@1.1.6').WorkerId;
  export type Attribute = import('golem:api/context@1.1.6').Attribute;
  export type AttributeValue = import('golem:api/context@1.1.6').AttributeValue;
  export type SpanId = import('golem:api/context@1.1.6').SpanId;
  export type TraceId = import('golem:api/context@1.1.6').TraceId;
  export type WrappedFunctionType =
    | {
      tag: 'read-local',
    }
    | {
      tag: 'write-local',
    }
    | {
      tag: 'read-remote',
    }
    | {
      tag: 'write-remote',
    }
    | {
      tag: 'write-remote-batched',
      val: OplogIndex | undefined,
    };
  export interface PluginInstallationDescription {
    installationId: Uuid,
    name: string,
    version: string,
    parameters: Array<[string, string]>,
  }
  export interface CreateParameters {
    timestamp: Datetime,
    workerId: WorkerId,
    componentVersion: ComponentVersion,
    args: Array<string>,
    env: Array<[string, string]>,
    accountId: AccountId,
    parent?: WorkerId | undefined,
    componentSize: bigint,
    initialTotalLinearMemorySize: bigint,
    initialActivePlugins: Array<PluginInstallationDescription>,
  }
  export interface ImportedFunctionInvokedParameters {
    timestamp: Datetime,
    functionName: string,
    request: WitValue,
    response: WitValue,
    wrappedFunctionType: WrappedFunctionType,
  }
  export interface LocalSpanData {
    spanId: SpanId,
    start: Datetime,
    parent?: SpanId | undefined,
    linkedContext?: bigint | undefined,
    attributes: Array<Attribute>,
    inherited: boolean,
  }
  export interface ExternalSpanData {
    spanId: SpanId,
  }
  export type SpanData =
    | {
      tag: 'local-span',
      val: LocalSpanData,
    }
    | {
      tag: 'external-span',
      val: ExternalSpanData,
    };
  export interface ExportedFunctionInvokedParameters {
    timestamp: Datetime,
    functionName: string,
    request: Array<WitValue>,
    idempotencyKey: string,
    traceId: TraceId,
    traceStates: Array<string>,
    invocationContext: Array<Array<SpanData>>,
  }
  export interface ExportedFunctionCompletedParameters {
    timestamp: Datetime,
    response: WitValue,
    consumedFuel: bigint,
  }
  export interface ErrorParameters {
    timestamp: Datetime,
    error: string,
  }
  export interface JumpParameters {
    timestamp: Datetime,
    start: OplogIndex,
    end: OplogIndex,
  }
  export interface ChangeRetryPolicyParameters {
    timestamp: Datetime,
    retryPolicy: RetryPolicy,
  }
  export interface EndAtomicRegionParameters {
    timestamp: Datetime,
    beginIndex: OplogIndex,
  }
  export interface EndRemoteWriteParameters {
    timestamp: Datetime,
    beginIndex: OplogIndex,
  }
  export interface ExportedFunctionInvocationParameters {
    idempotencyKey: string,
    functionName: string,
    input?: Array<WitValue> | undefined,
  }
  export type WorkerInvocation =
    | {
      tag: 'exported-function',
      val: ExportedFunctionInvocationParameters,
    }
    | {
      tag: 'manual-update',
      val: ComponentVersion,
    };
  export interface PendingWorkerInvocationParameters {
    timestamp: Datetime,
    invocation: WorkerInvocation,
  }
  export type UpdateDescription =
    | {
      tag: 'auto-update',
    }
    | {
      tag: 'snapshot-based',
      val: Uint8Array,
    };
  export interface PendingUpdateParameters {
    timestamp: Datetime,
    targetVersion: ComponentVersion,
    updateDescription: UpdateDescription,
  }
  export interface SuccessfulUpdateParameters {
    timestamp: Datetime,
    targetVersion: ComponentVersion,
    newComponentSize: bigint,
    newActivePlugins: Array<PluginInstallationDescription>,
  }
  export interface FailedUpdateParameters {
    timestamp: Datetime,
    targetVersion: ComponentVersion,
    details?: string | undefined,
  }
  export interface GrowMemoryParameters {
    timestamp: Datetime,
    delta: bigint,
  }
  export type WorkerResourceId = bigint;
  export interface CreateResourceParameters {
    timestamp: Datetime,
    resourceId: WorkerResourceId,
  }
  export interface DropResourceParameters {
    timestamp: Datetime,
    resourceId: WorkerResourceId,
  }
  export interface DescribeResourceParameters {
    timestamp: Datetime,
    resourceId: WorkerResourceId,
    resourceName: string,
    resourceParams: Array<WitValue>,
  }
  export type LogLevel = 'stdout' | 'stderr' | 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'critical';
  export interface LogParameters {
    timestamp: Datetime,
    level: LogLevel,
    context: string,
    message: string,
  }
  export interface ActivatePluginParameters {
    timestamp: Datetime,
    plugin: PluginInstallationDescription,
  }
  export interface DeactivatePluginParameters {
    timestamp: Datetime,
    plugin: PluginInstallationDescription,
  }
  export interface RevertParameters {
    timestamp: Datetime,
    start: OplogIndex,
    end: OplogIndex,
  }
  export interface CancelInvocationParameters {
    timestamp: Datetime,
    idempotencyKey: string,
  }
  export interface StartSpanParameters {
    timestamp: Datetime,
    spanId: SpanId,
    parent?: SpanId | undefined,
    linkedContext?: SpanId | undefined,
    attributes: Array<Attribute>,
  }
  export interface FinishSpanParameters {
    timestamp: Datetime,
    spanId: SpanId,
  }
  export interface SetSpanAttributeParameters {
    timestamp: Datetime,
    spanId: SpanId,
    key: string,
    value: AttributeValue,
  }
  export type OplogEntry =
    | {
      tag: 'create',
      val: CreateParameters,
    }
    | {
      tag: 'imported-function-invoked',
      val: ImportedFunctionInvokedParameters,
    }
    | {
      tag: 'exported-function-invoked',
      val: ExportedFunctionInvokedParameters,
    }
    | {
      tag: 'exported-function-completed',
      val: ExportedFunctionCompletedParameters,
    }
    | {
      tag: 'suspend',
      val: Datetime,
    }
    | {
      tag: 'error',
      val: ErrorParameters,
    }
    | {
      tag: 'no-op',
      val: Datetime,
    }
    | {
      tag: 'jump',
      val: JumpParameters,
    }
    | {
      tag: 'interrupted',
      val: Datetime,
    }
    | {
      tag: 'exited',
      val: Datetime,
    }
    | {
      tag: 'change-retry-policy',
      val: ChangeRetryPolicyParameters,
    }
    | {
      tag: 'begin-atomic-region',
      val: Datetime,
    }
    | {
      tag: 'end-atomic-region',
      val: EndAtomicRegionParameters,
    }
    | {
      tag: 'begin-remote-write',
      val: Datetime,
    }
    | {
      tag: 'end-remote-write',
      val: EndRemoteWriteParameters,
    }
    | {
      tag: 'pending-worker-invocation',
      val: PendingWorkerInvocationParameters,
    }
    | {
      tag: 'pending-update',
      val: PendingUpdateParameters,
    }
    | {
      tag: 'successful-update',
      val: SuccessfulUpdateParameters,
    }
    | {
      tag: 'failed-update',
      val: FailedUpdateParameters,
    }
    | {
      tag: 'grow-memory',
      val: GrowMemoryParameters,
    }
    | {
      tag: 'create-resource',
      val: CreateResourceParameters,
    }
    | {
      tag: 'drop-resource',
      val: DropResourceParameters,
    }
    | {
      tag: 'describe-resource',
      val: DescribeResourceParameters,
    }
    | {
      tag: 'log',
      val: LogParameters,
    }
    | {
      tag: 'restart',
      val: Datetime,
    }
    | {
      tag: 'activate-plugin',
      val: ActivatePluginParameters,
    }
    | {
      tag: 'deactivate-plugin',
      val: DeactivatePluginParameters,
    }
    | {
      tag: 'revert',
      val: RevertParameters,
    }
    | {
      tag: 'cancel-invocation',
      val: CancelInvocationParameters,
    }
    | {
      tag: 'start-span',
      val: StartSpanParameters,
    }
    | {
      tag: 'finish-span',
      val: FinishSpanParameters,
    }
    | {
      tag: 'set-span-attribute',
      val: SetSpanAttributeParameters,
    };

  export class GetOplog implements Disposable {
    constructor(workerId: WorkerId, start: OplogIndex)
    /**
    * One page of entries; `none` after the last.
    */
    getNext(): Array<OplogEntry> | undefined;
    [Symbol.dispose](): void;
  }

  export class SearchOplog implements Disposable {
    constructor(workerId: WorkerId, text: string)
    /**
    * One page of entries with their indexes; `none` after the last.
    */
    getNext(): Array<[OplogIndex, OplogEntry]> | undefined;
    [Symbol.dispose](): void;
  }
}

declare module "golem:api/save-snapshot@1.1.6" {
  /**
   * The state of the worker, in whatever format the next version can load. Runs without durability.
   */
  export function save(): Uint8Array;
}

declare module "golem:durability/durability@1.2.0" {
  /**
   * For metrics only.
   */
  export function observeFunctionCall(iface: string, function_: string): void;
  /**
   * The index to pass to `end-durable-function`.
   */
  export function beginDurableFunction(functionType: DurableFunctionType): OplogIndex;
  /**
   * `forced-commit` returns only when the oplog is stored.
   */
  export function endDurableFunction(functionType: DurableFunctionType, beginIndex: OplogIndex, forcedCommit: boolean): void;
  /**
   * Live: call and persist. Not live: read what was persisted instead of calling.
   */
  export function currentDurableExecutionState(): DurableExecutionState;
  export function persistDurableFunctionInvocation(functionName: string, request: Uint8Array, response: Uint8Array, functionType: DurableFunctionType): void;
  export function persistTypedDurableFunctionInvocation(functionName: string, request: ValueAndType, response: ValueAndType, functionType: DurableFunctionType): void;
  /**
   * The next call in the oplog, which must be the one that is being replayed.
   */
  export function readPersistedDurableFunctionInvocation(): PersistedDurableFunctionInvocation;
  export type PersistenceLevel = import('golem:api/host@1.1.6').PersistenceLevel;
  export type OplogIndex = import('golem:api/oplog@1.1.6').OplogIndex;
  export type WrappedFunctionType = import('golem:api/oplog@1.1.6').WrappedFunctionType;
  export type Datetime = import('wasi:clocks/wall-clock@0.2.0').Datetime;
  export type ValueAndType = import('golem:rpc/types@0.2.0').ValueAndType;
  export type DurableFunctionType = WrappedFunctionType;
  export interface DurableExecutionState {
    isLive: boolean,
    persistenceLevel: PersistenceLevel,
  }
  export type OplogEntryVersion = 'v1' | 'v2';
  export interface PersistedDurableFunctionInvocation {
    timestamp: Datetime,
    functionName: string,
    response: Uint8Array,
    functionType: DurableFunctionType,
    entryVersion: OplogEntryVersion,
  }
}

declare module "golem:rpc/types@0.2.0" {
  export function parseUuid(uuid: string): Uuid;
  export function uuidToString(uuid: Uuid): string;
  export function extractValue(vnt: ValueAndType): WitValue;
  export function extractType(vnt: ValueAndType): WitType;
  export type Datetime = import('wasi:clocks/wall-clock@0.2.0').Datetime;
  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;
  export interface Uuid {
    highBits: bigint,
    lowBits: bigint,
  }
  export interface ComponentId {
    uuid: Uuid,
  }
  export interface WorkerId {
    componentId: ComponentId,
    workerName: string,
  }
  export type NodeIndex = number;
  export type ResourceId = bigint;
  export type ResourceMode = 'owned' | 'borrowed';
  export type WitTypeNode =
    | {
      tag: 'record-type',
      val: Array<[string, NodeIndex]>,
    }
    | {
      tag: 'variant-type',
      val: Array<[string, NodeIndex | undefined]>,
    }
    | {
      tag: 'enum-type',
      val: Array<string>,
    }
    | {
      tag: 'flags-type',
      val: Array<string>,
    }
    | {
      tag: 'tuple-type',
      val: Int32Array,
    }
    | {
      tag: 'list-type',
      val: NodeIndex,
    }
    | {
      tag: 'option-type',
      val: NodeIndex,
    }
    | {
      tag: 'result-type',
      val: [NodeIndex | undefined, NodeIndex | undefined],
    }
    | {
      tag: 'prim-u8-type',
    }
    | {
      tag: 'prim-u16-type',
    }
    | {
      tag: 'prim-u32-type',
    }
    | {
      tag: 'prim-u64-type',
    }
    | {
      tag: 'prim-s8-type',
    }
    | {
      tag: 'prim-s16-type',
    }
    | {
      tag: 'prim-s32-type',
    }
    | {
      tag: 'prim-s64-type',
    }
    | {
      tag: 'prim-f32-type',
    }
    | {
      tag: 'prim-f64-type',
    }
    | {
      tag: 'prim-char-type',
    }
    | {
      tag: 'prim-bool-type',
    }
    | {
      tag: 'prim-string-type',
    }
    | {
      tag: 'handle-type',
      val: [ResourceId, ResourceMode],
    };
  /**
   * A type, laid out as `wit-value` is.
   */
  export interface WitType {
    nodes: Array<WitTypeNode>,
  }
  export interface Uri {
    value: string,
  }
  export type WitNode =
    | {
      tag: 'record-value',
      val: Int32Array,
    }
    | {
      tag: 'variant-value',
      val: [number, NodeIndex | undefined],
    }
    | {
      tag: 'enum-value',
      val: number,
    }
    | {
      tag: 'flags-value',
      val: Array<boolean>,
    }
    | {
      tag: 'tuple-value',
      val: Int32Array,
    }
    | {
      tag: 'list-value',
      val: Int32Array,
    }
    | {
      tag: 'option-value',
      val: NodeIndex | undefined,
    }
    | {
      tag: 'result-value',
      val: Result<NodeIndex | undefined, NodeIndex | undefined>,
    }
    | {
      tag: 'prim-u8',
      val: number,
    }
    | {
      tag: 'prim-u16',
      val: number,
    }
    | {
      tag: 'prim-u32',
      val: number,
    }
    | {
      tag: 'prim-u64',
      val: bigint,
    }
    | {
      tag: 'prim-s8',
      val: number,
    }
    | {
      tag: 'prim-s16',
      val: number,
    }
    | {
      tag: 'prim-s32',
      val: number,
    }
    | {
      tag: 'prim-s64',
      val: bigint,
    }
    | {
      tag: 'prim-float32',
      val: number,
    }
    | {
      tag: 'prim-float64',
      val: number,
    }
    | {
      tag: 'prim-char',
      val: string,
    }
    | {
      tag: 'prim-bool',
      val: boolean,
    }
    | {
      tag: 'prim-string',
      val: string,
    }
    | {
      tag: 'handle',
      val: [Uri, bigint],
    };
  /**
   * A value as a tree in a list: nodes refer to each other by index, the root is the first.
   */
  export interface WitValue {
    nodes: Array<WitNode>,
  }
  export interface ValueAndType {
    value: WitValue,
    typ: WitType,
  }
  export type RpcError =
    | {
      tag: 'protocol-error',
      val: string,
    }
    | {
      tag: 'denied',
      val: string,
    }
    | {
      tag: 'not-found',
      val: string,
    }
    | {
      tag: 'remote-internal-error',
      val: string,
    };
  export type Result<T, E> = { tag: 'ok', val: T } | { tag: 'err', val: E };

  export class CancellationToken implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * No effect once the call has begun.
    */
    cancel(): void;
    [Symbol.dispose](): void;
  }

  export class FutureInvokeResult implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    subscribe(): Pollable;
    /**
    * `none` while the call runs. The result can be taken once.
    */
    get(): Result<WitValue, RpcError> | undefined;
    [Symbol.dispose](): void;
  }

  export class WasmRpc implements Disposable {
    constructor(workerId: WorkerId)
    /**
    * A connection to an ephemeral worker with a generated name.
    */
    static ephemeral(componentId: ComponentId): WasmRpc;
    /**
    * Blocks until the callee returns. Function names are spelt as in `shop:orders-exports/api.{place}`.
    */
    invokeAndAwait(functionName: string, functionParams: Array<WitValue>): WitValue;
    /**
    * Returns when the callee has accepted the call.
    */
    invoke(functionName: string, functionParams: Array<WitValue>): void;
    /**
    * Returns at once; the result comes through the future.
    */
    asyncInvokeAndAwait(functionName: string, functionParams: Array<WitValue>): FutureInvokeResult;
    /**
    * The call is made at that time, whether or not this worker still exists.
    */
    scheduleInvocation(scheduledTime: Datetime, functionName: string, functionParams: Array<WitValue>): void;
    scheduleCancelableInvocation(scheduledTime: Datetime, functionName: string, functionParams: Array<WitValue>): CancellationToken;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:blobstore/blobstore" {
  /**
   * Opens the container when it already exists.
   */
  export function createContainer(name: ContainerName): Container;
  /**
   * An error when there is no such container.
   */
  export function getContainer(name: ContainerName): Container;
  export function deleteContainer(name: ContainerName): void;
  export function containerExists(name: ContainerName): boolean;
  export function copyObject(src: ObjectId, dest: ObjectId): void;
  export function moveObject(src: ObjectId, dest: ObjectId): void;
  export type Container = import('wasi:blobstore/container').Container;
  export type Error = import('wasi:blobstore/types').Error;
  export type ContainerName = import('wasi:blobstore/types').ContainerName;
  export type ObjectId = import('wasi:blobstore/types').ObjectId;
}

declare module "wasi:blobstore/container" {
  export type InputStream = import('wasi:io/streams@0.2.0').InputStream;
  export type OutputStream = import('wasi:io/streams@0.2.0').OutputStream;
  export type ContainerMetadata = import('wasi:blobstore/types').ContainerMetadata;
  export type Error = import('wasi:blobstore/types').Error;
  export type IncomingValue = import('wasi:blobstore/types').IncomingValue;
  export type ObjectMetadata = import('wasi:blobstore/types').ObjectMetadata;
  export type ObjectName = import('wasi:blobstore/types').ObjectName;
  export type OutgoingValue = import('wasi:blobstore/types').OutgoingValue;

  export class Container implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    name(): string;
    info(): ContainerMetadata;
    /**
    * The bytes from `start` up to but not including `end`.
    */
    getData(name: ObjectName, start: bigint, end: bigint): IncomingValue;
    /**
    * Replaces an object of that name.
    */
    writeData(name: ObjectName, data: OutgoingValue): void;
    listObjects(): StreamObjectNames;
    deleteObject(name: ObjectName): void;
    deleteObjects(names: Array<ObjectName>): void;
    hasObject(name: ObjectName): boolean;
    objectInfo(name: ObjectName): ObjectMetadata;
    /**
    * Removes every object.
    */
    clear(): void;
    [Symbol.dispose](): void;
  }

  export class StreamObjectNames implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * At most `len` names, and whether they were the last.
    */
    readStreamObjectNames(len: bigint): [Array<ObjectName>, boolean];
    /**
    * How many were skipped, and whether they were the last.
    */
    skipStreamObjectNames(num: bigint): [bigint, boolean];
    [Symbol.dispose](): void;
  }
}

declare module "wasi:blobstore/types" {
  export type InputStream = import('wasi:io/streams@0.2.0').InputStream;
  export type OutputStream = import('wasi:io/streams@0.2.0').OutputStream;
  export type ContainerName = string;
  export type ObjectName = string;
  /**
   * Milliseconds since 1970.
   */
  export type Timestamp = bigint;
  export type ObjectSize = bigint;
  export type Error = string;
  export interface ContainerMetadata {
    name: ContainerName,
    createdAt: Timestamp,
  }
  export interface ObjectMetadata {
    name: ObjectName,
    container: ContainerName,
    createdAt: Timestamp,
    size: ObjectSize,
  }
  export interface ObjectId {
    container: ContainerName,
    object: ObjectName,
  }
  export type IncomingValueAsyncBody = InputStream;
  export type IncomingValueSyncBody = Uint8Array;

  export class IncomingValue implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * The whole content at once.
    */
    incomingValueConsumeSync(): IncomingValueSyncBody;
    /**
    * The content as a stream.
    */
    incomingValueConsumeAsync(): IncomingValueAsyncBody;
    size(): bigint;
    [Symbol.dispose](): void;
  }

  export class OutgoingValue implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    static newOutgoingValue(): OutgoingValue;
    /**
    * The stream that takes the content; write it before the value is passed on.
    */
    outgoingValueWriteBody(): OutputStream;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:cli/environment@0.2.0" {
  /**
   * With `GOLEM_WORKER_NAME`, `GOLEM_COMPONENT_ID` and `GOLEM_COMPONENT_VERSION`.
   */
  export function getEnvironment(): Array<[string, string]>;
  /**
   * Without a program name in front.
   */
  export function getArguments(): Array<string>;
  export function initialCwd(): string | undefined;
}

declare module "wasi:cli/exit@0.2.0" {
  /**
   * Does not return; the worker takes no further invocations.
   */
  export function exit(status: Result<void, void>): void;
  export type Result<T, E> = { tag: 'ok', val: T } | { tag: 'err', val: E };
}

declare module "wasi:cli/run@0.2.0" {
  export function run(): void;
}

declare module "wasi:cli/stderr@0.2.0" {
  export function getStderr(): OutputStream;
  export type OutputStream = import('wasi:io/streams@0.2.0').OutputStream;
}

declare module "wasi:cli/stdin@0.2.0" {
  export function getStdin(): InputStream;
  export type InputStream = import('wasi:io/streams@0.2.0').InputStream;
}

declare module "wasi:cli/stdout@0.2.0" {
  export function getStdout(): OutputStream;
  export type OutputStream = import('wasi:io/streams@0.2.0').OutputStream;
}

declare module "wasi:cli/terminal-input@0.2.0" {

  export class TerminalInput implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    [Symbol.dispose](): void;
  }
}

declare module "wasi:cli/terminal-output@0.2.0" {

  export class TerminalOutput implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    [Symbol.dispose](): void;
  }
}

declare module "wasi:cli/terminal-stderr@0.2.0" {
  /**
   * Always `none`.
   */
  export function getTerminalStderr(): TerminalOutput | undefined;
  export type TerminalOutput = import('wasi:cli/terminal-output@0.2.0').TerminalOutput;
}

declare module "wasi:cli/terminal-stdin@0.2.0" {
  /**
   * Always `none`.
   */
  export function getTerminalStdin(): TerminalInput | undefined;
  export type TerminalInput = import('wasi:cli/terminal-input@0.2.0').TerminalInput;
}

declare module "wasi:cli/terminal-stdout@0.2.0" {
  /**
   * Always `none`.
   */
  export function getTerminalStdout(): TerminalOutput | undefined;
  export type TerminalOutput = import('wasi:cli/terminal-output@0.2.0').TerminalOutput;
}

declare module "wasi:clocks/monotonic-clock@0.2.0" {
  export function now(): Instant;
  export function resolution(): Duration;
  /**
   * Ready from that moment on.
   */
  export function subscribeInstant(when: Instant): Pollable;
  /**
   * Ready after that time. A worker that waits long is suspended and comes back when it is over.
   */
  export function subscribeDuration(when: Duration): Pollable;
  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;
  /**
   * Nanoseconds since an arbitrary moment.
   */
  export type Instant = bigint;
  /**
   * Nanoseconds.
   */
  export type Duration = bigint;
}

declare module "wasi:clocks/wall-clock@0.2.0" {
  export function now(): Datetime;
  export function resolution(): Datetime;
  /**
   * Time since 1970-01-01T00:00:00Z.
   */
  export interface Datetime {
    seconds: bigint,
    nanoseconds: number,
  }
}

declare module "wasi:filesystem/preopens@0.2.0" {
  /**
   * `/` and `.`, both the worker's own directory.
   */
  export function getDirectories(): Array<[Descriptor, string]>;
  export type Descriptor = import('wasi:filesystem/types@0.2.0').Descriptor;
}

declare module "wasi:filesystem/types@0.2.0" {
  /**
   * The reason of a stream error, when a file was the cause.
   */
  export function filesystemErrorCode(err: Error): ErrorCode | undefined;
  export type InputStream = import('wasi:io/streams@0.2.0').InputStream;
  export type OutputStream = import('wasi:io/streams@0.2.0').OutputStream;
  export type Error = import('wasi:io/streams@0.2.0').Error;
  export type Datetime = import('wasi:clocks/wall-clock@0.2.0').Datetime;
  export type Filesize = bigint;
  export type DescriptorType = 'unknown' | 'block-device' | 'character-device' | 'directory' | 'fifo' | 'symbolic-link' | 'regular-file' | 'socket';
  export interface DescriptorFlags {
    read?: boolean | undefined,
    write?: boolean | undefined,
    fileIntegritySync?: boolean | undefined,
    dataIntegritySync?: boolean | undefined,
    requestedWriteSync?: boolean | undefined,
    mutateDirectory?: boolean | undefined,
  }
  export interface PathFlags {
    symlinkFollow?: boolean | undefined,
  }
  export interface OpenFlags {
    create?: boolean | undefined,
    directory?: boolean | undefined,
    exclusive?: boolean | undefined,
    truncate?: boolean | undefined,
  }
  export type LinkCount = bigint;
  export interface DescriptorStat {
    type: DescriptorType,
    linkCount: LinkCount,
    size: Filesize,
    dataAccessTimestamp?: Datetime | undefined,
    dataModificationTimestamp?: Datetime | undefined,
    statusChangeTimestamp?: Datetime | undefined,
  }
  export type NewTimestamp =
    | {
      tag: 'no-change',
    }
    | {
      tag: 'now',
    }
    | {
      tag: 'timestamp',
      val: Datetime,
    };
  export interface DirectoryEntry {
    type: DescriptorType,
    name: string,
  }
  export type ErrorCode = 'access' | 'would-block' | 'already' | 'bad-descriptor' | 'busy' | 'deadlock' | 'quota' | 'exist' | 'file-too-large' | 'illegal-byte-sequence' | 'in-progress' | 'interrupted' | 'invalid' | 'io' | 'is-directory' | 'loop' | 'too-many-links' | 'message-size' | 'name-too-long' | 'no-device' | 'no-entry' | 'no-lock' | 'insufficient-memory' | 'insufficient-space' | 'not-directory' | 'not-empty' | 'not-recoverable' | 'unsupported' | 'no-tty' | 'no-such-device' | 'overflow' | 'not-permitted' | 'pipe' | 'read-only' | 'invalid-seek' | 'text-file-busy' | 'cross-device';
  export type Advice = 'normal' | 'sequential' | 'random' | 'will-need' | 'dont-need' | 'no-reuse';
  export interface MetadataHashValue {
    lower: bigint,
    upper: bigint,
  }

  export class Descriptor implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    readViaStream(offset: Filesize): InputStream;
    writeViaStream(offset: Filesize): OutputStream;
    appendViaStream(): OutputStream;
    advise(offset: Filesize, length: Filesize, advice: Advice): void;
    syncData(): void;
    getFlags(): DescriptorFlags;
    getType(): DescriptorType;
    setSize(size: Filesize): void;
    setTimes(dataAccessTimestamp: NewTimestamp, dataModificationTimestamp: NewTimestamp): void;
    /**
    * The bytes, and whether the end of the file was reached.
    */
    read(length: Filesize, offset: Filesize): [Uint8Array, boolean];
    /**
    * How many bytes were written.
    */
    write(buffer: Uint8Array, offset: Filesize): Filesize;
    readDirectory(): DirectoryEntryStream;
    sync(): void;
    createDirectoryAt(path: string): void;
    stat(): DescriptorStat;
    statAt(pathFlags: PathFlags, path: string): DescriptorStat;
    setTimesAt(pathFlags: PathFlags, path: string, dataAccessTimestamp: NewTimestamp, dataModificationTimestamp: NewTimestamp): void;
    linkAt(oldPathFlags: PathFlags, oldPath: string, newDescriptor: Descriptor, newPath: string): void;
    /**
    * Initial files that are read-only cannot be opened for writing.
    */
    openAt(pathFlags: PathFlags, path: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor;
    readlinkAt(path: string): string;
    removeDirectoryAt(path: string): void;
    renameAt(oldPath: string, newDescriptor: Descriptor, newPath: string): void;
    symlinkAt(oldPath: string, newPath: string): void;
    unlinkFileAt(path: string): void;
    isSameObject(other: Descriptor): boolean;
    /**
    * Changes when the file does.
    */
    metadataHash(): MetadataHashValue;
    metadataHashAt(pathFlags: PathFlags, path: string): MetadataHashValue;
    [Symbol.dispose](): void;
  }

  export class DirectoryEntryStream implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * `none` after the last entry.
    */
    readDirectoryEntry(): DirectoryEntry | undefined;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:http/incoming-handler@0.2.0" {
  export function handle(request: IncomingRequest, responseOut: ResponseOutparam): void;
  export type IncomingRequest = import('wasi:http/types@0.2.0').IncomingRequest;
  export type ResponseOutparam = import('wasi:http/types@0.2.0').ResponseOutparam;
}

declare module "wasi:http/outgoing-handler@0.2.0" {
  /**
   * Returns at once; an error here means that nothing was sent.
   */
  export function handle(request: OutgoingRequest, options: RequestOptions | undefined): FutureIncomingResponse;
  export type OutgoingRequest = import('wasi:http/types@0.2.0').OutgoingRequest;
  export type RequestOptions = import('wasi:http/types@0.2.0').RequestOptions;
  export type FutureIncomingResponse = import('wasi:http/types@0.2.0').FutureIncomingResponse;
  export type ErrorCode = import('wasi:http/types@0.2.0').ErrorCode;
}

declare module "wasi:http/types@0.2.0" {
  /**
   * The reason of a stream error, when HTTP was the cause.
   */
  export function httpErrorCode(err: IoError): ErrorCode | undefined;
  export type Duration = import('wasi:clocks/monotonic-clock@0.2.0').Duration;
  export type InputStream = import('wasi:io/streams@0.2.0').InputStream;
  export type OutputStream = import('wasi:io/streams@0.2.0').OutputStream;
  export type IoError = import('wasi:io/error@0.2.0').Error;
  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;
  export type Method =
    | {
      tag: 'get',
    }
    | {
      tag: 'head',
    }
    | {
      tag: 'post',
    }
    | {
      tag: 'put',
    }
    | {
      tag: 'delete',
    }
    | {
      tag: 'connect',
    }
    | {
      tag: 'options',
    }
    | {
      tag: 'trace',
    }
    | {
      tag: 'patch',
    }
    | {
      tag: 'other',
      val: string,
    };
  export type Scheme =
    | {
      tag: 'HTTP',
    }
    | {
      tag: 'HTTPS',
    }
    | {
      tag: 'other',
      val: string,
    };
  export interface DnsErrorPayload {
    rcode?: string | undefined,
    infoCode?: number | undefined,
  }
  export interface TlsAlertReceivedPayload {
    alertId?: number | undefined,
    alertMessage?: string | undefined,
  }
  export interface FieldSizePayload {
    fieldName?: string | undefined,
    fieldSize?: number | undefined,
  }
  export type ErrorCode =
    | {
      tag: 'DNS-timeout',
    }
    | {
      tag: 'DNS-error',
      val: DnsErrorPayload,
    }
    | {
      tag: 'destination-not-found',
    }
    | {
      tag: 'destination-unavailable',
    }
    | {
      tag: 'destination-IP-prohibited',
    }
    | {
      tag: 'destination-IP-unroutable',
    }
    | {
      tag: 'connection-refused',
    }
    | {
      tag: 'connection-terminated',
    }
    | {
      tag: 'connection-timeout',
    }
    | {
      tag: 'connection-read-timeout',
    }
    | {
      tag: 'connection-write-timeout',
    }
    | {
      tag: 'connection-limit-reached',
    }
    | {
      tag: 'TLS-protocol-error',
    }
    | {
      tag: 'TLS-certificate-error',
    }
    | {
      tag: 'TLS-alert-received',
      val: TlsAlertReceivedPayload,
    }
    | {
      tag: 'HTTP-request-denied',
    }
    | {
      tag: 'HTTP-request-length-required',
    }
    | {
      tag: 'HTTP-request-body-size',
      val: bigint | undefined,
    }
    | {
      tag: 'HTTP-request-method-invalid',
    }
    | {
      tag: 'HTTP-request-URI-invalid',
    }
    | {
      tag: 'HTTP-request-URI-too-long',
    }
    | {
      tag: 'HTTP-request-header-section-size',
      val: number | undefined,
    }
    | {
      tag: 'HTTP-request-header-size',
      val: FieldSizePayload | undefined,
    }
    | {
      tag: 'HTTP-request-trailer-section-size',
      val: number | undefined,
    }
    | {
      tag: 'HTTP-request-trailer-size',
      val: FieldSizePayload,
    }
    | {
      tag: 'HTTP-response-incomplete',
    }
    | {
      tag: 'HTTP-response-header-section-size',
      val: number | undefined,
    }
    | {
      tag: 'HTTP-response-header-size',
      val: FieldSizePayload,
    }
    | {
      tag: 'HTTP-response-body-size',
      val: bigint | undefined,
    }
    | {
      tag: 'HTTP-response-trailer-section-size',
      val: number | undefined,
    }
    | {
      tag: 'HTTP-response-trailer-size',
      val: FieldSizePayload,
    }
    | {
      tag: 'HTTP-response-transfer-coding',
      val: string | undefined,
    }
    | {
      tag: 'HTTP-response-content-coding',
      val: string | undefined,
    }
    | {
      tag: 'HTTP-response-timeout',
    }
    | {
      tag: 'HTTP-upgrade-failed',
    }
    | {
      tag: 'HTTP-protocol-error',
    }
    | {
      tag: 'loop-detected',
    }
    | {
      tag: 'configuration-error',
    }
    | {
      tag: 'internal-error',
      val: string | undefined,
    };
  export type HeaderError =
    | {
      tag: 'invalid-syntax',
    }
    | {
      tag: 'forbidden',
    }
    | {
      tag: 'immutable',
    };
  export type FieldKey = string;
  export type FieldValue = Uint8Array;
  export type Headers = Fields;
  export type Trailers = Fields;
  export type StatusCode = number;
  export type Result<T, E> = { tag: 'ok', val: T } | { tag: 'err', val: E };

  export class Fields implements Disposable {
    constructor()
    /**
    * Duplicates stay, in order.
    */
    static fromList(entries: Array<[FieldKey, FieldValue]>): Fields;
    get(name: FieldKey): Array<FieldValue>;
    has(name: FieldKey): boolean;
    set(name: FieldKey, value: Array<FieldValue>): void;
    'delete'(name: FieldKey): void;
    append(name: FieldKey, value: FieldValue): void;
    entries(): Array<[FieldKey, FieldValue]>;
    clone(): Fields;
    [Symbol.dispose](): void;
  }

  export class FutureIncomingResponse implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    subscribe(): Pollable;
    /**
    * `none` while the response is on its way; the outer error means that it was taken before.
    */
    get(): Result<Result<IncomingResponse, ErrorCode>, void> | undefined;
    [Symbol.dispose](): void;
  }

  export class FutureTrailers implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    subscribe(): Pollable;
    /**
    * `none` while they are on their way; the outer error means that they were taken before.
    */
    get(): Result<Result<Trailers | undefined, ErrorCode>, void> | undefined;
    [Symbol.dispose](): void;
  }

  export class IncomingBody implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * Drop the stream before the body.
    */
    stream(): InputStream;
    /**
    * Ends the body; trailers come, if any, through the future.
    */
    static finish(this_: IncomingBody): FutureTrailers;
    [Symbol.dispose](): void;
  }

  export class IncomingRequest implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    method(): Method;
    pathWithQuery(): string | undefined;
    scheme(): Scheme | undefined;
    authority(): string | undefined;
    headers(): Headers;
    /**
    * The body; it can be taken once.
    */
    consume(): IncomingBody;
    [Symbol.dispose](): void;
  }

  export class IncomingResponse implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    status(): StatusCode;
    headers(): Headers;
    /**
    * The body; it can be taken once.
    */
    consume(): IncomingBody;
    [Symbol.dispose](): void;
  }

  export class OutgoingBody implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    write(): OutputStream;
    /**
    * Without this call the body counts as broken off. Drop the stream before.
    */
    static finish(this_: OutgoingBody, trailers: Trailers | undefined): void;
    [Symbol.dispose](): void;
  }

  export class OutgoingRequest implements Disposable {
    constructor(headers: Headers)
    /**
    * The body; it can be taken once.
    */
    body(): OutgoingBody;
    method(): Method;
    setMethod(method: Method): void;
    pathWithQuery(): string | undefined;
    setPathWithQuery(pathWithQuery: string | undefined): void;
    scheme(): Scheme | undefined;
    setScheme(scheme: Scheme | undefined): void;
    authority(): string | undefined;
    setAuthority(authority: string | undefined): void;
    headers(): Headers;
    [Symbol.dispose](): void;
  }

  export class OutgoingResponse implements Disposable {
    constructor(headers: Headers)
    statusCode(): StatusCode;
    setStatusCode(statusCode: StatusCode): void;
    headers(): Headers;
    /**
    * The body; it can be taken once.
    */
    body(): OutgoingBody;
    [Symbol.dispose](): void;
  }

  export class RequestOptions implements Disposable {
    constructor()
    connectTimeout(): Duration | undefined;
    setConnectTimeout(duration: Duration | undefined): void;
    firstByteTimeout(): Duration | undefined;
    setFirstByteTimeout(duration: Duration | undefined): void;
    betweenBytesTimeout(): Duration | undefined;
    setBetweenBytesTimeout(duration: Duration | undefined): void;
    [Symbol.dispose](): void;
  }

  export class ResponseOutparam implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * Sends the response or an error; a handler must call it.
    */
    static set(param: ResponseOutparam, response: Result<OutgoingResponse, ErrorCode>): void;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:io/error@0.2.0" {

  export class Error implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * For people; the text is not stable.
    */
    toDebugString(): string;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:io/poll@0.2.0" {
  /**
   * Waits until at least one is ready; returns the indexes of those that are. Traps on an empty list.
   */
  export function poll(in_: Array<Pollable>): Uint32Array;

  export class Pollable implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * Does not wait.
    */
    ready(): boolean;
    /**
    * Waits until ready.
    */
    block(): void;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:io/streams@0.2.0" {
  export type Error = import('wasi:io/error@0.2.0').Error;
  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;
  export type StreamError =
    | {
      tag: 'last-operation-failed',
      val: Error,
    }
    | {
      tag: 'closed',
    };

  export class InputStream implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * What is there, at most `len` bytes; an empty list means nothing yet.
    */
    read(len: bigint): Uint8Array;
    /**
    * Waits for at least one byte, or the end.
    */
    blockingRead(len: bigint): Uint8Array;
    skip(len: bigint): bigint;
    blockingSkip(len: bigint): bigint;
    subscribe(): Pollable;
    [Symbol.dispose](): void;
  }

  export class OutputStream implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * How many bytes the next `write` may pass; more would trap.
    */
    checkWrite(): bigint;
    write(contents: Uint8Array): void;
    /**
    * At most 4096 bytes.
    */
    blockingWriteAndFlush(contents: Uint8Array): void;
    /**
    * Begins to flush; `subscribe` tells when it is done.
    */
    flush(): void;
    blockingFlush(): void;
    subscribe(): Pollable;
    writeZeroes(len: bigint): void;
    blockingWriteZeroesAndFlush(len: bigint): void;
    /**
    * Moves what is there from `src`, at most `len` bytes; returns how many.
    */
    splice(src: InputStream, len: bigint): bigint;
    blockingSplice(src: InputStream, len: bigint): bigint;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:keyvalue/atomic@0.1.0" {
  export function increment(bucket: Bucket, key: Key, delta: bigint): bigint;
  export function compareAndSwap(bucket: Bucket, key: Key, old: bigint, new_: bigint): boolean;
  export type Bucket = import('wasi:keyvalue/types@0.1.0').Bucket;
  export type Error = import('wasi:keyvalue/types@0.1.0').Error;
  export type Key = import('wasi:keyvalue/types@0.1.0').Key;
}

declare module "wasi:keyvalue/cache@0.1.0" {
  export function get(k: Key): FutureGetResult;
  export function exists(k: Key): FutureExistsResult;
  export function set(k: Key, v: OutgoingValue, ttlMs: number | undefined): FutureResult;
  export function getOrSet(k: Key): FutureGetOrSetResult;
  export { _delete as delete };
  function _delete(k: Key): FutureResult;
  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;
  export type Key = import('wasi:keyvalue/types@0.1.0').Key;
  export type IncomingValue = import('wasi:keyvalue/types@0.1.0').IncomingValue;
  export type OutgoingValue = import('wasi:keyvalue/types@0.1.0').OutgoingValue;
  export type Error = import('wasi:keyvalue/types@0.1.0').Error;
  export type GetOrSetEntry =
    | {
      tag: 'occupied',
      val: IncomingValue,
    }
    | {
      tag: 'vacant',
      val: Vacancy,
    };
  export type Result<T, E> = { tag: 'ok', val: T } | { tag: 'err', val: E };

  export class FutureExistsResult implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    futureExistsResultGet(): Result<boolean, Error> | undefined;
    listenToFutureExistsResult(): Pollable;
    [Symbol.dispose](): void;
  }

  export class FutureGetOrSetResult implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    futureGetOrSetResultGet(): Result<GetOrSetEntry, Error> | undefined;
    listenToFutureGetOrSetResult(): Pollable;
    [Symbol.dispose](): void;
  }

  export class FutureGetResult implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    futureGetResultGet(): Result<IncomingValue | undefined, Error> | undefined;
    listenToFutureGetResult(): Pollable;
    [Symbol.dispose](): void;
  }

  export class FutureResult implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    futureResultGet(): Result<void, Error> | undefined;
    listenToFutureResult(): Pollable;
    [Symbol.dispose](): void;
  }

  export class Vacancy implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    vacancyFill(ttlMs: number | undefined): OutgoingValue;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:keyvalue/eventual-batch@0.1.0" {
  /**
   * The values, in the order of the keys.
   */
  export function getMany(bucket: Bucket, keys: Array<Key>): Array<IncomingValue | undefined>;
  /**
   * Every key of the bucket.
   */
  export function keys(bucket: Bucket): Array<Key>;
  export function setMany(bucket: Bucket, keyValues: Array<[Key, OutgoingValue]>): void;
  export function deleteMany(bucket: Bucket, keys: Array<Key>): void;
  export type Bucket = import('wasi:keyvalue/types@0.1.0').Bucket;
  export type Error = import('wasi:keyvalue/types@0.1.0').Error;
  export type Key = import('wasi:keyvalue/types@0.1.0').Key;
  export type IncomingValue = import('wasi:keyvalue/types@0.1.0').IncomingValue;
  export type OutgoingValue = import('wasi:keyvalue/types@0.1.0').OutgoingValue;
}

declare module "wasi:keyvalue/eventual@0.1.0" {
  /**
   * `none` when the key is missing.
   */
  export function get(bucket: Bucket, key: Key): IncomingValue | undefined;
  export function set(bucket: Bucket, key: Key, outgoingValue: OutgoingValue): void;
  /**
   * A missing key is no error.
   */
  export { _delete as delete };
  function _delete(bucket: Bucket, key: Key): void;
  export function exists(bucket: Bucket, key: Key): boolean;
  export type Bucket = import('wasi:keyvalue/types@0.1.0').Bucket;
  export type Error = import('wasi:keyvalue/types@0.1.0').Error;
  export type IncomingValue = import('wasi:keyvalue/types@0.1.0').IncomingValue;
  export type Key = import('wasi:keyvalue/types@0.1.0').Key;
  export type OutgoingValue = import('wasi:keyvalue/types@0.1.0').OutgoingValue;
}

declare module "wasi:keyvalue/handle-watch@0.1.0" {
  export function onSet(bucket: Bucket, key: Key, incomingValue: IncomingValue): void;
  export function onDelete(bucket: Bucket, key: Key): void;
  export type Bucket = import('wasi:keyvalue/types@0.1.0').Bucket;
  export type Key = import('wasi:keyvalue/types@0.1.0').Key;
  export type IncomingValue = import('wasi:keyvalue/types@0.1.0').IncomingValue;
}

declare module "wasi:keyvalue/types@0.1.0" {
  export type InputStream = import('wasi:io/streams@0.2.0').InputStream;
  export type OutputStream = import('wasi:io/streams@0.2.0').OutputStream;
  export type Error = import('wasi:keyvalue/wasi-keyvalue-error@0.1.0').Error;
  export type Key = string;
  export type OutgoingValueBodyAsync = OutputStream;
  export type OutgoingValueBodySync = Uint8Array;
  export type IncomingValueAsyncBody = InputStream;
  export type IncomingValueSyncBody = Uint8Array;

  export class Bucket implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * Always succeeds; a bucket need not be created. Buckets belong to the account: every worker of every component sees
    * the same ones.
    */
    static openBucket(name: string): Bucket;
    [Symbol.dispose](): void;
  }

  export class IncomingValue implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * The whole value; it can be consumed once.
    */
    incomingValueConsumeSync(): IncomingValueSyncBody;
    incomingValueConsumeAsync(): IncomingValueAsyncBody;
    incomingValueSize(): bigint;
    [Symbol.dispose](): void;
  }

  export class OutgoingValue implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    static newOutgoingValue(): OutgoingValue;
    outgoingValueWriteBodyAsync(): OutgoingValueBodyAsync;
    /**
    * Appends to what was written before.
    */
    outgoingValueWriteBodySync(value: OutgoingValueBodySync): void;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:keyvalue/wasi-keyvalue-error@0.1.0" {

  export class Error implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * What went wrong, for people.
    */
    trace(): string;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:logging/logging" {
  /**
   * `context` says where the line comes from, e.g. the name of a module. Replay does not log again.
   */
  export function log(level: Level, context: string, message: string): void;
  export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'critical';
}

declare module "wasi:random/insecure-seed@0.2.0" {
  /**
   * 128 bits, to be asked for once.
   */
  export function insecureSeed(): [bigint, bigint];
}

declare module "wasi:random/insecure@0.2.0" {
  export function getInsecureRandomBytes(len: bigint): Uint8Array;
  export function getInsecureRandomU64(): bigint;
}

declare module "wasi:random/random@0.2.0" {
  export function getRandomBytes(len: bigint): Uint8Array;
  export function getRandomU64(): bigint;
}

declare module "wasi:sockets/instance-network@0.2.0" {
  export function instanceNetwork(): Network;
  export type Network = import('wasi:sockets/network@0.2.0').Network;
}

declare module "wasi:sockets/ip-name-lookup@0.2.0" {
  /**
   * Also takes an address as text.
   */
  export function resolveAddresses(network: Network, name: string): ResolveAddressStream;
  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;
  export type Network = import('wasi:sockets/network@0.2.0').Network;
  export type ErrorCode = import('wasi:sockets/network@0.2.0').ErrorCode;
  export type IpAddress = import('wasi:sockets/network@0.2.0').IpAddress;

  export class ResolveAddressStream implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * `none` after the last; `would-block` while the answer is on its way.
    */
    resolveNextAddress(): IpAddress | undefined;
    subscribe(): Pollable;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:sockets/network@0.2.0" {
  export type ErrorCode = 'unknown' | 'access-denied' | 'not-supported' | 'invalid-argument' | 'out-of-memory' | 'timeout' | 'concurrency-conflict' | 'not-in-progress' | 'would-block' | 'invalid-state' | 'new-socket-limit' | 'address-not-bindable' | 'address-in-use' | 'remote-unreachable' | 'connection-refused' | 'connection-reset' | 'connection-aborted' | 'datagram-too-large' | 'name-unresolvable' | 'temporary-resolver-failure' | 'permanent-resolver-failure';
  export type IpAddressFamily = 'ipv4' | 'ipv6';
  export type Ipv4Address = [number, number, number, number];
  export type Ipv6Address = [number, number, number, number, number, number, number, number];
  export type IpAddress =
    | {
      tag: 'ipv4',
      val: Ipv4Address,
    }
    | {
      tag: 'ipv6',
      val: Ipv6Address,
    };
  export interface Ipv4SocketAddress {
    port: number,
    address: Ipv4Address,
  }
  export interface Ipv6SocketAddress {
    port: number,
    flowInfo: number,
    address: Ipv6Address,
    scopeId: number,
  }
  export type IpSocketAddress =
    | {
      tag: 'ipv4',
      val: Ipv4SocketAddress,
    }
    | {
      tag: 'ipv6',
      val: Ipv6SocketAddress,
    };

  export class Network implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    [Symbol.dispose](): void;
  }
}

declare module "wasi:sockets/tcp-create-socket@0.2.0" {
  export function createTcpSocket(addressFamily: IpAddressFamily): TcpSocket;
  export type Network = import('wasi:sockets/network@0.2.0').Network;
  export type ErrorCode = import('wasi:sockets/network@0.2.0').ErrorCode;
  export type IpAddressFamily = import('wasi:sockets/network@0.2.0').IpAddressFamily;
  export type TcpSocket = import('wasi:sockets/tcp@0.2.0').TcpSocket;
}

declare module "wasi:sockets/tcp@0.2.0" {
  export type InputStream = import('wasi:io/streams@0.2.0').InputStream;
  export type OutputStream = import('wasi:io/streams@0.2.0').OutputStream;
  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;
  export type Duration = import('wasi:clocks/monotonic-clock@0.2.0').Duration;
  export type Network = import('wasi:sockets/network@0.2.0').Network;
  export type ErrorCode = import('wasi:sockets/network@0.2.0').ErrorCode;
  export type IpSocketAddress = import('wasi:sockets/network@0.2.0').IpSocketAddress;
  export type IpAddressFamily = import('wasi:sockets/network@0.2.0').IpAddressFamily;
  export type ShutdownType = 'receive' | 'send' | 'both';

  export class TcpSocket implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * Every `start-` is completed by its `finish-`, which reports `would-block` until then.
    */
    startBind(network: Network, localAddress: IpSocketAddress): void;
    finishBind(): void;
    startConnect(network: Network, remoteAddress: IpSocketAddress): void;
    finishConnect(): [InputStream, OutputStream];
    startListen(): void;
    finishListen(): void;
    /**
    * `would-block` while nobody connects.
    */
    accept(): [TcpSocket, InputStream, OutputStream];
    localAddress(): IpSocketAddress;
    remoteAddress(): IpSocketAddress;
    isListening(): boolean;
    addressFamily(): IpAddressFamily;
    setListenBacklogSize(value: bigint): void;
    keepAliveEnabled(): boolean;
    setKeepAliveEnabled(value: boolean): void;
    keepAliveIdleTime(): Duration;
    setKeepAliveIdleTime(value: Duration): void;
    keepAliveInterval(): Duration;
    setKeepAliveInterval(value: Duration): void;
    keepAliveCount(): number;
    setKeepAliveCount(value: number): void;
    hopLimit(): number;
    setHopLimit(value: number): void;
    receiveBufferSize(): bigint;
    setReceiveBufferSize(value: bigint): void;
    sendBufferSize(): bigint;
    setSendBufferSize(value: bigint): void;
    subscribe(): Pollable;
    shutdown(shutdownType: ShutdownType): void;
    [Symbol.dispose](): void;
  }
}

declare module "wasi:sockets/udp-create-socket@0.2.0" {
  export function createUdpSocket(addressFamily: IpAddressFamily): UdpSocket;
  export type Network = import('wasi:sockets/network@0.2.0').Network;
  export type ErrorCode = import('wasi:sockets/network@0.2.0').ErrorCode;
  export type IpAddressFamily = import('wasi:sockets/network@0.2.0').IpAddressFamily;
  export type UdpSocket = import('wasi:sockets/udp@0.2.0').UdpSocket;
}

declare module "wasi:sockets/udp@0.2.0" {
  export type Pollable = import('wasi:io/poll@0.2.0').Pollable;
  export type Network = import('wasi:sockets/network@0.2.0').Network;
  export type ErrorCode = import('wasi:sockets/network@0.2.0').ErrorCode;
  export type IpSocketAddress = import('wasi:sockets/network@0.2.0').IpSocketAddress;
  export type IpAddressFamily = import('wasi:sockets/network@0.2.0').IpAddressFamily;
  export interface IncomingDatagram {
    data: Uint8Array,
    remoteAddress: IpSocketAddress,
  }
  export interface OutgoingDatagram {
    data: Uint8Array,
    remoteAddress?: IpSocketAddress | undefined,
  }

  export class IncomingDatagramStream implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * What is there; an empty list means nothing yet.
    */
    receive(maxResults: bigint): Array<IncomingDatagram>;
    subscribe(): Pollable;
    [Symbol.dispose](): void;
  }

  export class OutgoingDatagramStream implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    /**
    * How many datagrams the next `send` may pass.
    */
    checkSend(): bigint;
    /**
    * How many datagrams were sent.
    */
    send(datagrams: Array<OutgoingDatagram>): bigint;
    subscribe(): Pollable;
    [Symbol.dispose](): void;
  }

  export class UdpSocket implements Disposable {
    /**
     * This type does not have a public constructor.
     */
    private constructor();
    startBind(network: Network, localAddress: IpSocketAddress): void;
    finishBind(): void;
    /**
    * With a remote address, only datagrams from there arrive. Ends the streams of an earlier call.
    */
    stream(remoteAddress: IpSocketAddress | undefined): [IncomingDatagramStream, OutgoingDatagramStream];
    localAddress(): IpSocketAddress;
    remoteAddress(): IpSocketAddress;
    addressFamily(): IpAddressFamily;
    unicastHopLimit(): number;
    setUnicastHopLimit(value: number): void;
    receiveBufferSize(): bigint;
    setReceiveBufferSize(value: bigint): void;
    sendBufferSize(): bigint;
    setSendBufferSize(value: bigint): void;
    subscribe(): Pollable;
    [Symbol.dispose](): void;
  }
}

// Every other spelling that is compatible with the interface above.

declare module "golem:api/context" {
  export * from "golem:api/context@1.1.6";
}

declare module "golem:api/context@1.*" {
  export * from "golem:api/context@1.1.6";
}

declare module "golem:api/context@0.2.*" {
  export * from "golem:api/context@1.1.6";
}

declare module "golem:api/host" {
  export * from "golem:api/host@1.1.6";
}

declare module "golem:api/host@1.*" {
  export * from "golem:api/host@1.1.6";
}

declare module "golem:api/host@0.2.*" {
  export * from "golem:api/host@1.1.6";
}

declare module "golem:api/load-snapshot" {
  export * from "golem:api/load-snapshot@1.1.6";
}

declare module "golem:api/load-snapshot@1.*" {
  export * from "golem:api/load-snapshot@1.1.6";
}

declare module "golem:api/load-snapshot@0.2.*" {
  export * from "golem:api/load-snapshot@1.1.6";
}

declare module "golem:api/oplog-processor" {
  export * from "golem:api/oplog-processor@1.1.6";
}

declare module "golem:api/oplog-processor@1.*" {
  export * from "golem:api/oplog-processor@1.1.6";
}

declare module "golem:api/oplog-processor@0.2.*" {
  export * from "golem:api/oplog-processor@1.1.6";
}

declare module "golem:api/oplog" {
  export * from "golem:api/oplog@1.1.6";
}

declare module "golem:api/oplog@1.*" {
  export * from "golem:api/oplog@1.1.6";
}

declare module "golem:api/oplog@0.2.*" {
  export * from "golem:api/oplog@1.1.6";
}

declare module "golem:api/save-snapshot" {
  export * from "golem:api/save-snapshot@1.1.6";
}

declare module "golem:api/save-snapshot@1.*" {
  export * from "golem:api/save-snapshot@1.1.6";
}

declare module "golem:api/save-snapshot@0.2.*" {
  export * from "golem:api/save-snapshot@1.1.6";
}

declare module "golem:durability/durability" {
  export * from "golem:durability/durability@1.2.0";
}

declare module "golem:durability/durability@1.*" {
  export * from "golem:durability/durability@1.2.0";
}

declare module "golem:rpc/types" {
  export * from "golem:rpc/types@0.2.0";
}

declare module "golem:rpc/types@0.2.*" {
  export * from "golem:rpc/types@0.2.0";
}

declare module "wasi:cli/environment" {
  export * from "wasi:cli/environment@0.2.0";
}

declare module "wasi:cli/environment@0.2.*" {
  export * from "wasi:cli/environment@0.2.0";
}

declare module "wasi:cli/exit" {
  export * from "wasi:cli/exit@0.2.0";
}

declare module "wasi:cli/exit@0.2.*" {
  export * from "wasi:cli/exit@0.2.0";
}

declare module "wasi:cli/run" {
  export * from "wasi:cli/run@0.2.0";
}

declare module "wasi:cli/run@0.2.*" {
  export * from "wasi:cli/run@0.2.0";
}

declare module "wasi:cli/stderr" {
  export * from "wasi:cli/stderr@0.2.0";
}

declare module "wasi:cli/stderr@0.2.*" {
  export * from "wasi:cli/stderr@0.2.0";
}

declare module "wasi:cli/stdin" {
  export * from "wasi:cli/stdin@0.2.0";
}

declare module "wasi:cli/stdin@0.2.*" {
  export * from "wasi:cli/stdin@0.2.0";
}

declare module "wasi:cli/stdout" {
  export * from "wasi:cli/stdout@0.2.0";
}

declare module "wasi:cli/stdout@0.2.*" {
  export * from "wasi:cli/stdout@0.2.0";
}

declare module "wasi:cli/terminal-input" {
  export * from "wasi:cli/terminal-input@0.2.0";
}

declare module "wasi:cli/terminal-input@0.2.*" {
  export * from "wasi:cli/terminal-input@0.2.0";
}

declare module "wasi:cli/terminal-output" {
  export * from "wasi:cli/terminal-output@0.2.0";
}

declare module "wasi:cli/terminal-output@0.2.*" {
  export * from "wasi:cli/terminal-output@0.2.0";
}

declare module "wasi:cli/terminal-stderr" {
  export * from "wasi:cli/terminal-stderr@0.2.0";
}

declare module "wasi:cli/terminal-stderr@0.2.*" {
  export * from "wasi:cli/terminal-stderr@0.2.0";
}

declare module "wasi:cli/terminal-stdin" {
  export * from "wasi:cli/terminal-stdin@0.2.0";
}

declare module "wasi:cli/terminal-stdin@0.2.*" {
  export * from "wasi:cli/terminal-stdin@0.2.0";
}

declare module "wasi:cli/terminal-stdout" {
  export * from "wasi:cli/terminal-stdout@0.2.0";
}

declare module "wasi:cli/terminal-stdout@0.2.*" {
  export * from "wasi:cli/terminal-stdout@0.2.0";
}

declare module "wasi:clocks/monotonic-clock" {
  export * from "wasi:clocks/monotonic-clock@0.2.0";
}

declare module "wasi:clocks/monotonic-clock@0.2.*" {
  export * from "wasi:clocks/monotonic-clock@0.2.0";
}

declare module "wasi:clocks/wall-clock" {
  export * from "wasi:clocks/wall-clock@0.2.0";
}

declare module "wasi:clocks/wall-clock@0.2.*" {
  export * from "wasi:clocks/wall-clock@0.2.0";
}

declare module "wasi:filesystem/preopens" {
  export * from "wasi:filesystem/preopens@0.2.0";
}

declare module "wasi:filesystem/preopens@0.2.*" {
  export * from "wasi:filesystem/preopens@0.2.0";
}

declare module "wasi:filesystem/types" {
  export * from "wasi:filesystem/types@0.2.0";
}

declare module "wasi:filesystem/types@0.2.*" {
  export * from "wasi:filesystem/types@0.2.0";
}

declare module "wasi:http/incoming-handler" {
  export * from "wasi:http/incoming-handler@0.2.0";
}

declare module "wasi:http/incoming-handler@0.2.*" {
  export * from "wasi:http/incoming-handler@0.2.0";
}

declare module "wasi:http/outgoing-handler" {
  export * from "wasi:http/outgoing-handler@0.2.0";
}

declare module "wasi:http/outgoing-handler@0.2.*" {
  export * from "wasi:http/outgoing-handler@0.2.0";
}

declare module "wasi:http/types" {
  export * from "wasi:http/types@0.2.0";
}

declare module "wasi:http/types@0.2.*" {
  export * from "wasi:http/types@0.2.0";
}

declare module "wasi:io/error" {
  export * from "wasi:io/error@0.2.0";
}

declare module "wasi:io/error@0.2.*" {
  export * from "wasi:io/error@0.2.0";
}

declare module "wasi:io/poll" {
  export * from "wasi:io/poll@0.2.0";
}

declare module "wasi:io/poll@0.2.*" {
  export * from "wasi:io/poll@0.2.0";
}

declare module "wasi:io/streams" {
  export * from "wasi:io/streams@0.2.0";
}

declare module "wasi:io/streams@0.2.*" {
  export * from "wasi:io/streams@0.2.0";
}

declare module "wasi:keyvalue/atomic" {
  export * from "wasi:keyvalue/atomic@0.1.0";
}

declare module "wasi:keyvalue/atomic@0.1.*" {
  export * from "wasi:keyvalue/atomic@0.1.0";
}

declare module "wasi:keyvalue/cache" {
  export * from "wasi:keyvalue/cache@0.1.0";
}

declare module "wasi:keyvalue/cache@0.1.*" {
  export * from "wasi:keyvalue/cache@0.1.0";
}

declare module "wasi:keyvalue/eventual-batch" {
  export * from "wasi:keyvalue/eventual-batch@0.1.0";
}

declare module "wasi:keyvalue/eventual-batch@0.1.*" {
  export * from "wasi:keyvalue/eventual-batch@0.1.0";
}

declare module "wasi:keyvalue/eventual" {
  export * from "wasi:keyvalue/eventual@0.1.0";
}

declare module "wasi:keyvalue/eventual@0.1.*" {
  export * from "wasi:keyvalue/eventual@0.1.0";
}

declare module "wasi:keyvalue/handle-watch" {
  export * from "wasi:keyvalue/handle-watch@0.1.0";
}

declare module "wasi:keyvalue/handle-watch@0.1.*" {
  export * from "wasi:keyvalue/handle-watch@0.1.0";
}

declare module "wasi:keyvalue/types" {
  export * from "wasi:keyvalue/types@0.1.0";
}

declare module "wasi:keyvalue/types@0.1.*" {
  export * from "wasi:keyvalue/types@0.1.0";
}

declare module "wasi:keyvalue/wasi-keyvalue-error" {
  export * from "wasi:keyvalue/wasi-keyvalue-error@0.1.0";
}

declare module "wasi:keyvalue/wasi-keyvalue-error@0.1.*" {
  export * from "wasi:keyvalue/wasi-keyvalue-error@0.1.0";
}

declare module "wasi:random/insecure-seed" {
  export * from "wasi:random/insecure-seed@0.2.0";
}

declare module "wasi:random/insecure-seed@0.2.*" {
  export * from "wasi:random/insecure-seed@0.2.0";
}

declare module "wasi:random/insecure" {
  export * from "wasi:random/insecure@0.2.0";
}

declare module "wasi:random/insecure@0.2.*" {
  export * from "wasi:random/insecure@0.2.0";
}

declare module "wasi:random/random" {
  export * from "wasi:random/random@0.2.0";
}

declare module "wasi:random/random@0.2.*" {
  export * from "wasi:random/random@0.2.0";
}

declare module "wasi:sockets/instance-network" {
  export * from "wasi:sockets/instance-network@0.2.0";
}

declare module "wasi:sockets/instance-network@0.2.*" {
  export * from "wasi:sockets/instance-network@0.2.0";
}

declare module "wasi:sockets/ip-name-lookup" {
  export * from "wasi:sockets/ip-name-lookup@0.2.0";
}

declare module "wasi:sockets/ip-name-lookup@0.2.*" {
  export * from "wasi:sockets/ip-name-lookup@0.2.0";
}

declare module "wasi:sockets/network" {
  export * from "wasi:sockets/network@0.2.0";
}

declare module "wasi:sockets/network@0.2.*" {
  export * from "wasi:sockets/network@0.2.0";
}

declare module "wasi:sockets/tcp-create-socket" {
  export * from "wasi:sockets/tcp-create-socket@0.2.0";
}

declare module "wasi:sockets/tcp-create-socket@0.2.*" {
  export * from "wasi:sockets/tcp-create-socket@0.2.0";
}

declare module "wasi:sockets/tcp" {
  export * from "wasi:sockets/tcp@0.2.0";
}

declare module "wasi:sockets/tcp@0.2.*" {
  export * from "wasi:sockets/tcp@0.2.0";
}

declare module "wasi:sockets/udp-create-socket" {
  export * from "wasi:sockets/udp-create-socket@0.2.0";
}

declare module "wasi:sockets/udp-create-socket@0.2.*" {
  export * from "wasi:sockets/udp-create-socket@0.2.0";
}

declare module "wasi:sockets/udp" {
  export * from "wasi:sockets/udp@0.2.0";
}

declare module "wasi:sockets/udp@0.2.*" {
  export * from "wasi:sockets/udp@0.2.0";
}
