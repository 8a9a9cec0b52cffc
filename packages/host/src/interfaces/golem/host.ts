import { pascalCase } from "@golem-kit/wit";

import type { Comparator, StringComparator, WorkerFilter } from "../../ground/filter/worker-filter.ts";
import type { WorkerMetadata, WorkerStatus } from "../../ground/api/worker-metadata.ts";
import type { PersistenceLevel, RetryPolicy } from "../../oplog/entry.ts";
import { uuidHalves } from "../../ground/uuid.ts";
import { direct, waiting, writeRemote, type HostInterface } from "../host-interface.ts";
import { option, string, tuple } from "../../ground/wit/wit-types.ts";
import { lifecycleFunctions } from "./lifecycle.ts";
import { promiseFunctions } from "./promises.ts";
import {
  fromWitComponentId,
  fromWitWorkerId,
  toWitComponentId,
  toWitWorkerId,
  type WitComponentId,
  type WitWorkerId,
} from "./wit-ids.ts";
import type {
  AskingPort,
  IdentityPort,
  WaitPort,
  LifecyclePort,
  DurabilityPort,
  WorkersPort,
} from "../ports.ts";

type Ports = IdentityPort & WaitPort & AskingPort & LifecyclePort & DurabilityPort & WorkersPort;

interface WitRetryPolicy {
  readonly maxAttempts: number;
  /** Nanoseconds. */
  readonly minDelay: bigint;
  /** Nanoseconds. */
  readonly maxDelay: bigint;
  readonly multiplier: number;
  readonly maxJitterFactor: number | undefined;
}

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;

function toWitMetadata(metadata: WorkerMetadata): unknown {
  return {
    workerId: toWitWorkerId(metadata.workerId),
    args: metadata.args,
    env: Object.entries(metadata.env),
    status: metadata.status.toLowerCase(),
    componentVersion: BigInt(metadata.componentVersion),
    retryCount: BigInt(metadata.retryCount),
  };
}

/** A `get-workers`: the pages that are still to come. */
interface GetWorkers {
  readonly componentId: string;
  readonly filter: WorkerFilter | undefined;
  cursor: { readonly cursor: number; readonly layer: number } | null | undefined;
}

const PAGE_SIZE = 50;

async function nextWorkers(context: Ports, query: GetWorkers): Promise<unknown> {
  if (query.cursor === null) return undefined;
  const { filter, cursor } = query;
  const page = await context.wait(
    context.workers.list(query.componentId, {
      count: PAGE_SIZE,
      ...(filter === undefined ? {} : { filter }),
      ...(cursor === undefined ? {} : { cursor }),
    }),
  );
  query.cursor = page.cursor;
  return page.workers.map(toWitMetadata);
}

interface WitPropertyFilter {
  readonly tag: "name" | "status" | "version" | "created-at" | "env";
  readonly val: { readonly comparator: string; readonly value: string | bigint; readonly name?: string };
}

interface WitAnyFilter {
  readonly filters: readonly { readonly filters: readonly WitPropertyFilter[] }[];
}

function toFilter({ tag, val }: WitPropertyFilter): WorkerFilter {
  const text = pascalCase(val.comparator) as StringComparator;
  const comparator = pascalCase(val.comparator) as Comparator;
  const value = String(val.value);
  switch (tag) {
    case "name":
      return { type: "Name", comparator: text, value };
    case "status":
      return { type: "Status", comparator, value: pascalCase(value) as WorkerStatus };
    case "version":
      return { type: "Version", comparator, value: Number(value) };
    case "created-at":
      return { type: "CreatedAt", comparator, value: new Date(Number(value)).toISOString() };
    case "env":
      return { type: "Env", name: val.name ?? "", comparator: text, value };
  }
}

function toAnyFilter({ filters }: WitAnyFilter): WorkerFilter {
  return { type: "Or", filters: filters.map((all) => ({ type: "And", filters: all.filters.map(toFilter) })) };
}

function toWitRetryPolicy(policy: RetryPolicy): WitRetryPolicy {
  return {
    maxAttempts: policy.maxAttempts,
    minDelay: BigInt(Math.round(policy.minDelay)) * NANOSECONDS_PER_MILLISECOND,
    maxDelay: BigInt(Math.round(policy.maxDelay)) * NANOSECONDS_PER_MILLISECOND,
    multiplier: policy.multiplier,
    maxJitterFactor: policy.maxJitterFactor ?? undefined,
  };
}

function fromWitRetryPolicy(policy: WitRetryPolicy): RetryPolicy {
  return {
    maxAttempts: policy.maxAttempts,
    minDelay: Number(policy.minDelay) / Number(NANOSECONDS_PER_MILLISECOND),
    maxDelay: Number(policy.maxDelay) / Number(NANOSECONDS_PER_MILLISECOND),
    multiplier: policy.multiplier,
    maxJitterFactor: null,
  };
}

export const host: HostInterface<Ports> = {
  name: "golem:api/host",
  functions: {
    ...promiseFunctions,
    "get-oplog-index": direct((context) => BigInt(context.durability.mark())),
    "set-oplog-index": direct((context, index: bigint) => context.durability.setOplogIndex(Number(index))),
    "oplog-commit": direct((context) => {
      context.durability.commit();
      context.durability.flush();
    }),
    "mark-begin-operation": direct((context) => BigInt(context.durability.beginAtomicRegion())),
    "mark-end-operation": direct((context, begin: bigint) =>
      context.durability.endAtomicRegion(Number(begin)),
    ),
    "get-retry-policy": direct((context) => toWitRetryPolicy(context.durability.retryPolicy)),
    "set-retry-policy": direct((context, policy: WitRetryPolicy) =>
      context.durability.setRetryPolicy(fromWitRetryPolicy(policy)),
    ),
    "get-oplog-persistence-level": direct((context) => ({ tag: context.durability.persistenceLevel })),
    "set-oplog-persistence-level": direct((context, level: { readonly tag: PersistenceLevel }) =>
      context.durability.setPersistenceLevel(level.tag),
    ),
    "get-idempotence-mode": direct((context) => context.durability.idempotenceMode),
    "set-idempotence-mode": direct((context, idempotent: boolean) => {
      context.durability.idempotenceMode = idempotent;
    }),
    "generate-idempotency-key": writeRemote("golem api::generate_idempotency_key", {
      types: { request: null, response: string },
      commits: "never",
      run: (context) => context.durability.deriveIdempotencyKey(),
      toGuest: (_, key: string) => uuidHalves(key),
    }),
    ...lifecycleFunctions,
    "get-self-metadata": direct((context) => toWitMetadata(context.workers.self())),
    "get-worker-metadata": waiting(async (context, id: WitWorkerId) => {
      const metadata = await context.wait(context.workers.metadata(fromWitWorkerId(id)));
      return metadata && toWitMetadata(metadata);
    }),
    "[constructor]get-workers": direct(
      (_, componentId: WitComponentId, filter: WitAnyFilter | undefined): GetWorkers => ({
        componentId: fromWitComponentId(componentId),
        filter: filter && toAnyFilter(filter),
        cursor: undefined,
      }),
    ),
    "[method]get-workers.get-next": waiting(nextWorkers),
    "resolve-component-id": writeRemote("golem::api::resolve_component_id", {
      types: { request: string, response: option(string) },
      commits: "never",
      request: (_, name: string) => name,
      run: (context, name: string) => context.workers.resolveComponent(name),
      toGuest: (_, id: string | undefined) => id && toWitComponentId(id),
    }),
    "resolve-worker-id": writeRemote("golem::api::resolve_component_id", {
      types: { request: string, response: option(string) },
      commits: "never",
      request: (_, name: string) => name,
      run: (context, name: string) => context.workers.resolveComponent(name),
      toGuest: (_, id: string | undefined, __: string, workerName: string) =>
        id && toWitWorkerId({ componentId: id, workerName }),
    }),
    "resolve-worker-id-strict": writeRemote("golem::api::resolve_worker_id_strict", {
      types: { request: tuple(string, string), response: option(string) },
      commits: "never",
      waits: true,
      request: (_, component: string, worker: string) => [component, worker],
      run: async (context, component: string, workerName: string) => {
        const componentId = context.workers.resolveComponent(component);
        if (componentId === undefined) return undefined;
        const metadata = await context.wait(context.workers.metadata({ componentId, workerName }));
        return metadata && componentId;
      },
      toGuest: (_, id: string | undefined, __: string, workerName: string) =>
        id && toWitWorkerId({ componentId: id, workerName }),
    }),
  },
};
