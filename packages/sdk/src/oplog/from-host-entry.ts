import type {
  OplogEntry as HostEntry,
  PluginInstallationDescription,
  SpanData,
  UpdateDescription as HostUpdateDescription,
  WorkerInvocation,
  WrappedFunctionType as HostFunctionType,
} from "golem:api/oplog@1.1.6";

import { fromAttributes } from "../context/attributes.ts";
import { fromHostRetryPolicy } from "../durability/current-retry-policy.ts";
import { toTimestamp } from "../timestamp.ts";
import { uuidToText } from "../uuid.ts";
import { fromWorkerId } from "../worker/address.ts";
import type {
  InvocationSpan,
  OplogEntry,
  PendingInvocation,
  PluginInstallation,
  UpdateDescription,
  WrappedFunctionType,
} from "./oplog-entry.ts";

/** The bindings' entry as a plain object. */
export function fromHostEntry(host: HostEntry): OplogEntry {
  switch (host.tag) {
    case "suspend":
    case "no-op":
    case "interrupted":
    case "exited":
    case "begin-atomic-region":
    case "begin-remote-write":
    case "restart":
      return { type: host.tag, timestamp: toTimestamp(host.val) };
    case "create": {
      const { workerId, env, accountId, parent, initialActivePlugins, ...rest } = host.val;
      return {
        type: host.tag,
        ...rest,
        timestamp: toTimestamp(host.val.timestamp),
        workerId: fromWorkerId(workerId),
        env: Object.fromEntries(env),
        accountId: accountId.value,
        parent: parent && fromWorkerId(parent),
        initialActivePlugins: initialActivePlugins.map(plugin),
      };
    }
    case "imported-function-invoked": {
      const { timestamp, wrappedFunctionType, ...rest } = host.val;
      return {
        type: host.tag,
        ...rest,
        timestamp: toTimestamp(timestamp),
        wrappedFunctionType: functionType(wrappedFunctionType),
      };
    }
    case "exported-function-invoked": {
      const { timestamp, invocationContext, ...rest } = host.val;
      return {
        type: host.tag,
        ...rest,
        timestamp: toTimestamp(timestamp),
        invocationContext: invocationContext.map((spans) => spans.map(span)),
      };
    }
    case "change-retry-policy": {
      const { timestamp, retryPolicy } = host.val;
      return {
        type: host.tag,
        timestamp: toTimestamp(timestamp),
        retryPolicy: fromHostRetryPolicy(retryPolicy),
      };
    }
    case "pending-worker-invocation": {
      const { timestamp, invocation } = host.val;
      return { type: host.tag, timestamp: toTimestamp(timestamp), invocation: pending(invocation) };
    }
    case "pending-update": {
      const { timestamp, targetVersion, updateDescription } = host.val;
      return {
        type: host.tag,
        timestamp: toTimestamp(timestamp),
        targetVersion,
        updateDescription: update(updateDescription),
      };
    }
    case "successful-update": {
      const { timestamp, newActivePlugins, ...rest } = host.val;
      return {
        type: host.tag,
        ...rest,
        timestamp: toTimestamp(timestamp),
        newActivePlugins: newActivePlugins.map(plugin),
      };
    }
    case "failed-update": {
      const { timestamp, targetVersion, details } = host.val;
      return { type: host.tag, timestamp: toTimestamp(timestamp), targetVersion, details };
    }
    case "activate-plugin":
    case "deactivate-plugin":
      return {
        type: host.tag,
        timestamp: toTimestamp(host.val.timestamp),
        plugin: plugin(host.val.plugin),
      };
    case "start-span": {
      const { timestamp, spanId, parent, linkedContext, attributes } = host.val;
      return {
        type: host.tag,
        timestamp: toTimestamp(timestamp),
        spanId,
        parent,
        linkedContext,
        attributes: fromAttributes(attributes),
      };
    }
    case "set-span-attribute": {
      const { timestamp, spanId, key, value } = host.val;
      return { type: host.tag, timestamp: toTimestamp(timestamp), spanId, key, value: value.val };
    }
    default: {
      // The other cases differ from the bindings' only in their time.
      const { timestamp, ...rest } = host.val;
      return { type: host.tag, ...rest, timestamp: toTimestamp(timestamp) } as OplogEntry;
    }
  }
}

function functionType(type: HostFunctionType): WrappedFunctionType {
  return type.tag === "write-remote-batched" ? { type: type.tag, beginIndex: type.val } : { type: type.tag };
}

function plugin({ installationId, parameters, ...rest }: PluginInstallationDescription): PluginInstallation {
  return {
    ...rest,
    installationId: uuidToText(installationId),
    parameters: Object.fromEntries(parameters),
  };
}

function span(data: SpanData): InvocationSpan {
  if (data.tag === "external-span") return { type: data.tag, spanId: data.val.spanId };
  const { spanId, start, parent, linkedContext, attributes, inherited } = data.val;
  return {
    type: data.tag,
    spanId,
    start: toTimestamp(start),
    parent,
    linkedContext,
    attributes: fromAttributes(attributes),
    inherited,
  };
}

function pending(invocation: WorkerInvocation): PendingInvocation {
  if (invocation.tag === "manual-update") return { type: invocation.tag, targetVersion: invocation.val };
  const { idempotencyKey, functionName, input } = invocation.val;
  return { type: invocation.tag, idempotencyKey, functionName, input };
}

function update(description: HostUpdateDescription): UpdateDescription {
  return description.tag === "auto-update"
    ? { type: description.tag }
    : { type: description.tag, payload: description.val };
}
