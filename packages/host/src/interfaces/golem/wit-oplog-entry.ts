import { type JsonTree, typeFromAnalysed, valueFromJson } from "@golem-kit/wit";

import type { PublicOplogEntry } from "../../ground/api/public-oplog.ts";
import type { WorkerId } from "../../ground/api/worker-id.ts";
import { witFromValue, type WitValue } from "../../ground/wit/wit-value.ts";
import { toWitWorkerId } from "./wit-ids.ts";
import type { Datetime } from "../wasi/clocks.ts";

type Json = Readonly<Record<string, unknown>>;

/** A case of `golem:api/oplog.oplog-entry`. */
export interface WitOplogEntry {
  readonly tag: string;
  readonly val: unknown;
}

/**
 * An entry of the public oplog as `golem:api/oplog` has it. An entry of a kind that the interface does not know is a
 * `no-op`, so that entries can be counted.
 */
export function toWitOplogEntry(entry: PublicOplogEntry): WitOplogEntry {
  const timestamp = datetime(entry.timestamp);
  const parameters = parametersOf(entry);
  const tag = kebabCase(entry.type);
  if (parameters !== undefined) return { tag, val: { timestamp, ...parameters } };
  return { tag: PLAIN.has(tag) ? tag : "no-op", val: timestamp };
}

/** Cases that are a time and nothing more. */
const PLAIN: ReadonlySet<string> = new Set([
  "suspend",
  "no-op",
  "interrupted",
  "exited",
  "begin-atomic-region",
  "begin-remote-write",
  "restart",
]);

function parametersOf(entry: PublicOplogEntry): Json | undefined {
  switch (entry.type) {
    case "Create":
      return {
        workerId: toWitWorkerId(entry["workerId"] as WorkerId),
        componentVersion: u64(entry["componentVersion"]),
        args: entry["args"],
        env: Object.entries(entry["env"] as Json),
        accountId: { value: entry["accountId"] },
        parent: entry["parent"] === null ? undefined : toWitWorkerId(entry["parent"] as WorkerId),
        componentSize: u64(entry["componentSize"]),
        initialTotalLinearMemorySize: u64(entry["initialTotalLinearMemorySize"]),
        initialActivePlugins: [],
      };
    case "ImportedFunctionInvoked":
      return {
        functionName: entry["functionName"],
        request: witValue(entry["request"]),
        response: witValue(entry["response"]),
        wrappedFunctionType: functionType(entry["wrappedFunctionType"] as Json),
      };
    case "ExportedFunctionInvoked":
      return {
        functionName: entry["functionName"],
        request: witValues(entry["request"]),
        idempotencyKey: entry["idempotencyKey"],
        traceId: entry["traceId"],
        traceStates: entry["traceStates"],
        invocationContext: (entry["invocationContext"] as readonly (readonly Json[])[]).map((spans) =>
          spans.map(spanData),
        ),
      };
    case "ExportedFunctionCompleted":
      return {
        response: witValue(entry["response"]),
        consumedFuel: BigInt(Number(entry["consumedFuel"])),
      };
    case "Error":
      return { error: entry["error"] };
    case "Jump":
      return region(entry["jump"]);
    case "Revert":
      return region(entry["droppedRegion"]);
    case "ChangeRetryPolicy":
      return { retryPolicy: retryPolicy(entry["newPolicy"] as Json) };
    case "EndAtomicRegion":
    case "EndRemoteWrite":
      return { beginIndex: u64(entry["beginIndex"]) };
    case "PendingWorkerInvocation":
      return { invocation: invocation(entry["invocation"] as Json) };
    case "PendingUpdate":
      return {
        targetVersion: u64(entry["target_version"]),
        updateDescription: updateDescription(entry["description"] as Json),
      };
    case "SuccessfulUpdate":
      return {
        targetVersion: u64(entry["target_version"]),
        newComponentSize: u64(entry["new_component_size"]),
        newActivePlugins: [],
      };
    case "FailedUpdate":
      return { targetVersion: u64(entry["targetVersion"]), details: entry["details"] ?? undefined };
    case "GrowMemory":
      return { delta: u64(entry["delta"]) };
    case "CreateResource":
    case "DropResource":
      return { resourceId: u64(entry["id"]) };
    case "DescribeResource":
      return {
        resourceId: u64(entry["id"]),
        resourceName: entry["resourceName"],
        resourceParams: witValues(entry["resourceParams"]),
      };
    case "Log":
      return {
        level: String(entry["level"]).toLowerCase(),
        context: entry["context"],
        message: entry["message"],
      };
    case "CancelInvocation":
      return { idempotencyKey: entry["idempotencyKey"] };
    case "StartSpan":
      return {
        spanId: entry["spanId"],
        parent: entry["parentId"] ?? undefined,
        linkedContext: entry["linkedContext"] ?? undefined,
        attributes: attributes(entry["attributes"]),
      };
    case "FinishSpan":
      return { spanId: entry["spanId"] };
    case "SetSpanAttribute":
      return { spanId: entry["spanId"], key: entry["key"], value: attributeValue(entry["value"]) };
    default:
      return undefined;
  }
}

function functionType({ type, index }: Json): unknown {
  const tag = kebabCase(String(type));
  if (tag !== "write-remote-batched") return { tag };
  return { tag, val: typeof index === "number" ? BigInt(index) : undefined };
}

function spanData(span: Json): unknown {
  const linked = span["linkedContext"];
  return {
    tag: "local-span",
    val: {
      spanId: span["spanId"],
      start: datetime(String(span["start"])),
      parent: span["parentId"] ?? undefined,
      linkedContext: linked === null || linked === undefined ? undefined : u64(linked),
      attributes: attributes(span["attributes"]),
      inherited: span["inherited"],
    },
  };
}

function attributes(given: unknown): unknown {
  return Object.entries(given as Json).map(([key, value]) => ({ key, value: attributeValue(value) }));
}

function attributeValue(given: unknown): unknown {
  return { tag: "string", val: (given as Json)["value"] };
}

function invocation(given: Json): unknown {
  if (given["type"] !== "ExportedFunction") return { tag: "manual-update", val: u64(given["targetVersion"]) };
  return {
    tag: "exported-function",
    val: {
      idempotencyKey: given["idempotencyKey"],
      functionName: given["fullFunctionName"],
      input: witValues(given["functionInput"]),
    },
  };
}

function updateDescription({ type, payload }: Json): unknown {
  return type === "SnapshotBased"
    ? { tag: "snapshot-based", val: Uint8Array.from(payload as readonly number[]) }
    : { tag: "auto-update" };
}

function retryPolicy(policy: Json): unknown {
  return {
    maxAttempts: policy["maxAttempts"],
    minDelay: nanoseconds(String(policy["minDelay"])),
    maxDelay: nanoseconds(String(policy["maxDelay"])),
    multiplier: policy["multiplier"],
    maxJitterFactor: policy["maxJitterFactor"] ?? undefined,
  };
}

/** `1s`, `100ms` */
function nanoseconds(duration: string): bigint {
  const milliseconds = Number.parseFloat(duration) * (duration.endsWith("ms") ? 1 : 1_000);
  return BigInt(Math.round(milliseconds * 1_000_000));
}

function region(given: unknown): Json {
  const { start, end } = given as Json;
  return { start: u64(start), end: u64(end) };
}

function witValues(given: unknown): readonly WitValue[] {
  return (given as readonly unknown[]).map(witValue);
}

function witValue(given: unknown): WitValue {
  const { typ, value } = given as Json;
  const type = typeFromAnalysed(typ);
  return witFromValue(type, valueFromJson(type, value as JsonTree, { handle: handleOf }));
}

/** The number at the end of `urn:worker:{component}/{worker}/{number}`. */
function handleOf(urn: string): { readonly handle: number } {
  return { handle: Number(urn.slice(urn.lastIndexOf("/") + 1)) };
}

function datetime(iso: string): Datetime {
  const milliseconds = Date.parse(iso);
  return {
    seconds: BigInt(Math.floor(milliseconds / 1_000)),
    nanoseconds: (milliseconds % 1_000) * 1_000_000,
  };
}

function u64(value: unknown): bigint {
  return BigInt(value as number | bigint);
}

/** `NoOp` → `no-op` */
function kebabCase(pascal: string): string {
  return pascal.replaceAll(/(?<=.)[A-Z]/g, "-$&").toLowerCase();
}
