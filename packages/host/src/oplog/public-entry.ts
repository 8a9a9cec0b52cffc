import type { WitType } from "@golem-kit/wit";
import { pascalCase, stringifyJson, valueFromWave } from "@golem-kit/wit";
import type { PublicOplogEntry } from "../ground/api/public-oplog.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { ExportedFunction } from "../component/find-export.ts";
import { typedValue } from "../component/invocation-values.ts";
import type {
  DurableFunctionType,
  OplogEntry,
  OplogEntryCase,
  QueuedInvocation,
  QueuedUpdate,
  RecordedTypes,
  RetryPolicy,
} from "./entry.ts";
import { publicAttribute, publicAttributes, publicQueuedTrace, publicTrace } from "./public-trace.ts";

/** What has to be known to put types to the values of an oplog; `undefined` where it is not known any more. */
export interface EntryTypes {
  readonly worker: WorkerId;
  /** Types of what a host function records, by its recorded name. */
  imported(recordedName: string): RecordedTypes | undefined;
  exported(functionName: string): ExportedFunction | undefined;
  /** The function whose completion an `ExportedFunctionCompleted` is. */
  readonly openFunction: string | undefined;
  /** The constructor's parameters of a resource. */
  constructorParams(resource: string): readonly WitType[] | undefined;
}

interface TypedJson {
  readonly typ: unknown;
  readonly value: unknown;
}

/** An oplog entry as Golem 1.2.5 shows it. What only Golem has (plugins, accounts) is empty. */
export function publicEntry(entry: OplogEntry, types: EntryTypes): PublicOplogEntry {
  return {
    type: entry.type === "CancelPendingInvocation" ? "CancelInvocation" : entry.type,
    timestamp: new Date(entry.timestamp).toISOString(),
    ...parameters(entry, types),
  };
}

function parameters(entry: OplogEntry, types: EntryTypes): Readonly<Record<string, unknown>> {
  switch (entry.type) {
    case "Create": {
      const { workerId, componentVersion, args, env, parent, componentSize, initialTotalLinearMemorySize } =
        entry;
      const golem = { accountId: "-1", initialActivePlugins: [] };
      return {
        workerId,
        componentVersion,
        args,
        env,
        parent,
        componentSize,
        initialTotalLinearMemorySize,
        ...golem,
      };
    }
    case "ImportedFunctionInvoked":
      return importedParameters(entry, types);
    case "ExportedFunctionInvoked":
      return {
        functionName: entry.functionName,
        request: typedParams(entry.functionName, entry.request, types),
        idempotencyKey: entry.idempotencyKey,
        ...publicTrace(entry, types.worker),
      };
    case "ExportedFunctionCompleted":
      return { response: completedResponse(entry.response, types), consumedFuel: 0 };
    case "EndAtomicRegion":
    case "EndRemoteWrite":
      return { beginIndex: entry.beginIndex };
    case "Error":
      return { error: entry.error };
    case "Jump":
      return { jump: entry.jump };
    case "Revert":
      return { droppedRegion: entry.droppedRegion };
    case "ChangeRetryPolicy":
      return { newPolicy: publicRetryPolicy(entry.newPolicy) };
    case "ChangePersistenceLevel":
      return { persistenceLevel: pascalCase(entry.level) };
    case "PendingWorkerInvocation":
      return { invocation: publicInvocation(entry.invocation, types) };
    case "CancelPendingInvocation":
      return { idempotencyKey: entry.idempotencyKey };
    case "PendingUpdate": {
      const { description, targetVersion } = entry;
      const payload = description.type === "SnapshotBased" ? { payload: [...description.payload] } : {};
      return { target_version: targetVersion, description: { type: description.type, ...payload } };
    }
    case "SuccessfulUpdate":
      return {
        target_version: entry.targetVersion,
        new_component_size: entry.newComponentSize,
        new_active_plugins: [],
      };
    case "FailedUpdate":
      return { targetVersion: entry.targetVersion, details: entry.details };
    case "GrowMemory":
      return { delta: entry.delta };
    case "CreateResource":
    case "DropResource":
      return { id: entry.id };
    case "DescribeResource": {
      const { id, resourceName, resourceParams } = entry;
      return { id, resourceName, resourceParams: describedParams(resourceName, resourceParams, types) };
    }
    case "StartSpan": {
      const { spanId, parentId, attributes } = entry;
      return { spanId, parentId, linkedContext: null, attributes: publicAttributes(attributes) };
    }
    case "FinishSpan":
      return { spanId: entry.spanId };
    case "SetSpanAttribute":
      return { spanId: entry.spanId, key: entry.key, value: publicAttribute(entry.value) };
    case "Log":
      return { level: pascalCase(entry.level), context: entry.context, message: entry.message };
    default:
      return {};
  }
}

/** Golem records the outcome of every host function as a `result`, and "nothing" as an absent text. */
function importedParameters(
  {
    functionName,
    request,
    response,
    durableFunctionType,
    types: recorded,
  }: OplogEntryCase & { type: "ImportedFunctionInvoked" },
  types: EntryTypes,
): Readonly<Record<string, unknown>> {
  const known = recorded ?? types.imported(functionName);
  const requestType = known?.request ?? { kind: "option", some: { kind: "string" } };
  const result =
    known?.response && (known.response.kind === "result" || known.bare === true)
      ? { type: known.response, value: response }
      : {
          type: { kind: "result", ok: known?.response ?? null, err: null } as const,
          value: { tag: "ok", val: response },
        };
  return {
    functionName,
    request: known === undefined ? untyped(request) : typed(requestType, request, types),
    response: known === undefined ? untyped(response) : typed(result.type, result.value, types),
    wrappedFunctionType: publicFunctionType(durableFunctionType),
  };
}

function publicFunctionType(type: DurableFunctionType): unknown {
  return type.type === "WriteRemoteBatched"
    ? { type: type.type, index: type.index ?? null }
    : { type: type.type };
}

function typedParams(functionName: string, params: readonly unknown[], types: EntryTypes): TypedJson[] {
  const target = types.exported(functionName);
  return params.map((value, index) => {
    const type = target?.params[index]?.type;
    return type === undefined ? untyped(value) : typed(type, value, types);
  });
}

function completedResponse(value: unknown, types: EntryTypes): TypedJson {
  const target = types.openFunction === undefined ? undefined : types.exported(types.openFunction);
  if (target === undefined) return untyped(value);
  const { result } = target.function;
  return typed(
    { kind: "tuple", items: result === null ? [] : [result] },
    result === null ? [] : [value],
    types,
  );
}

function publicInvocation(invocation: QueuedInvocation | QueuedUpdate, types: EntryTypes): unknown {
  if ("targetVersion" in invocation) return { type: "ManualUpdate", targetVersion: invocation.targetVersion };
  const { functionName, params, idempotencyKey } = invocation;
  return {
    type: "ExportedFunction",
    idempotencyKey,
    fullFunctionName: functionName,
    functionInput: typedParams(functionName, params, types),
    ...publicQueuedTrace(invocation),
  };
}

function describedParams(resource: string, texts: readonly string[], types: EntryTypes): TypedJson[] {
  const params = types.constructorParams(resource);
  return texts.map((text, index) => {
    const type = params?.[index];
    return type === undefined ? untyped(text) : typed(type, valueFromWave(type, text), types);
  });
}

/** An oplog can be read whatever is in it: a value that does not fit its type, or JSON, is shown as text. */
function typed(type: WitType, value: unknown, types: EntryTypes): TypedJson {
  try {
    return typedValue(type, value, types.worker);
  } catch {
    return untyped(value);
  }
}

/** A value whose type nobody knows, as text. */
function untyped(value: unknown): TypedJson {
  const text = typeof value === "string" ? value : stringifyJson(jsonOf(value));
  return { typ: { type: "Str" }, value: text };
}

function jsonOf(value: unknown): Parameters<typeof stringifyJson>[0] {
  if (value === undefined || value === null) return null;
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array);
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, jsonOf(part)]));
  }
  return value as string | number | bigint | boolean;
}

function publicRetryPolicy({ minDelay, maxDelay, ...policy }: RetryPolicy): unknown {
  return { ...policy, minDelay: duration(minDelay), maxDelay: duration(maxDelay) };
}

/** `1s`, `100ms` */
function duration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
