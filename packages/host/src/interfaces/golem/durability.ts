import { stringifyJson } from "@golem-kit/wit";

import type { DurableFunctionType, PersistenceLevel } from "../../oplog/entry.ts";
import { typedValue } from "../../component/invocation-values.ts";
import { typeFromWit, type WitTypeTree } from "../../ground/wit/wit-type.ts";
import { valueFromWit, type WitValue } from "../../ground/wit/wit-value.ts";
import { direct, type HostInterface } from "../host-interface.ts";
import type { Pollable } from "../wasi/pollable.ts";
import { bytes } from "../../ground/wit/wit-types.ts";
import type { IdentityPort, DurabilityPort } from "../ports.ts";

type Ports = IdentityPort & DurabilityPort;

const NANOSECONDS_PER_MILLISECOND = 1_000_000;

/** `golem:api/oplog.wrapped-function-type` */
type WitFunctionType =
  | { readonly tag: "read-local" | "write-local" | "read-remote" | "write-remote" }
  | { readonly tag: "write-remote-batched"; readonly val?: bigint };

interface ValueAndType {
  readonly value: WitValue;
  readonly typ: WitTypeTree;
}

const TYPES = {
  "read-local": "ReadLocal",
  "write-local": "WriteLocal",
  "read-remote": "ReadRemote",
  "write-remote": "WriteRemote",
} as const;

function fromWitFunctionType(given: WitFunctionType): DurableFunctionType {
  if (given.tag !== "write-remote-batched") return { type: TYPES[given.tag] };
  const { val } = given;
  return { type: "WriteRemoteBatched", ...(val === undefined ? {} : { index: Number(val) }) };
}

function toWitFunctionType(given: DurableFunctionType): WitFunctionType {
  switch (given.type) {
    case "ReadLocal":
      return { tag: "read-local" };
    case "WriteLocal":
      return { tag: "write-local" };
    case "ReadRemote":
      return { tag: "read-remote" };
    case "WriteRemote":
      return { tag: "write-remote" };
    case "WriteRemoteBatched":
      return {
        tag: "write-remote-batched",
        ...(given.index === undefined ? {} : { val: BigInt(given.index) }),
      };
  }
}

/** True for a function that is marked in the oplog by its begin and its end, not only by its record. */
function isMarked(context: Ports, type: WitFunctionType): boolean {
  if (type.tag === "write-remote-batched") return type.val === undefined;
  return type.tag === "write-remote" && !context.durability.idempotenceMode;
}

/** What `begin-durable-function` returns for a function that has no marks: there is no entry with this index. */
const NO_MARK = 0n;

function begin(context: Ports, type: WitFunctionType): bigint {
  if (isMarked(context, type)) return BigInt(context.durability.beginRemoteWrite().beginIndex);
  if (type.tag === "write-remote") context.durability.commitForRemoteWrite();
  return NO_MARK;
}

function end(context: Ports, type: WitFunctionType, beginIndex: bigint, forcedCommit: boolean): void {
  if (beginIndex !== NO_MARK && isMarked(context, type))
    context.durability.endRemoteWrite({ beginIndex: Number(beginIndex), recorded: false });
  if (forcedCommit || type.tag.startsWith("write-remote")) context.durability.commit();
}

/** What `set` has not bound yet is ready at once. */
interface LazyPollable {
  bound: Pollable | undefined;
}

function subscribe(lazy: LazyPollable): Pollable {
  return {
    ready: () => lazy.bound?.ready() ?? true,
    told: () => lazy.bound?.told?.(),
    get change() {
      return lazy.bound?.change;
    },
    get deadline() {
      return lazy.bound?.deadline;
    },
    get isNews() {
      return lazy.bound?.isNews ?? false;
    },
  };
}

/**
 * golem:durability@1.2.0, for libraries that make their own functions durable. What was persisted with its type is read
 * back as JSON in Golem's notation: `{"typ": …, "value": …}`.
 */
export const durability: HostInterface<Ports> = {
  name: "golem:durability/durability",
  functions: {
    "observe-function-call": direct(() => undefined),
    "begin-durable-function": direct(begin),
    "end-durable-function": direct(end),
    "current-durable-execution-state": direct(
      ({
        durability: { live, persistenceLevel },
      }): {
        readonly isLive: boolean;
        readonly persistenceLevel: { readonly tag: PersistenceLevel };
      } => ({ isLive: live, persistenceLevel: { tag: persistenceLevel } }),
    ),
    "persist-durable-function-invocation": direct(
      (context, name: string, request: Uint8Array, response: Uint8Array, type: WitFunctionType) =>
        context.durability.persist({
          functionName: name,
          request,
          response,
          durableFunctionType: fromWitFunctionType(type),
          types: { request: bytes, response: bytes, bare: true },
        }),
    ),
    "persist-typed-durable-function-invocation": direct(
      (context, name: string, request: ValueAndType, response: ValueAndType, type: WitFunctionType) => {
        const types = {
          request: typeFromWit(request.typ),
          response: typeFromWit(response.typ),
          bare: true,
        };
        context.durability.persist({
          functionName: name,
          request: valueFromWit(types.request, request.value),
          response: valueFromWit(types.response, response.value),
          durableFunctionType: fromWitFunctionType(type),
          types,
        });
      },
    ),
    "read-persisted-durable-function-invocation": direct((context) => {
      const { timestamp, functionName, response, durableFunctionType, types } =
        context.durability.readPersisted();
      const type = types?.response ?? bytes;
      return {
        timestamp: {
          seconds: BigInt(Math.floor(timestamp / 1_000)),
          nanoseconds: Math.floor((timestamp % 1_000) * NANOSECONDS_PER_MILLISECOND),
        },
        functionName,
        response:
          response instanceof Uint8Array
            ? response
            : new TextEncoder().encode(stringifyJson({ ...typedValue(type, response, context.workerId) })),
        functionType: toWitFunctionType(durableFunctionType),
        entryVersion: "v2",
      };
    }),
    "[constructor]lazy-initialized-pollable": direct((): LazyPollable => ({ bound: undefined })),
    "[method]lazy-initialized-pollable.set": direct((_, lazy: LazyPollable, pollable: Pollable) => {
      lazy.bound = pollable;
    }),
    "[method]lazy-initialized-pollable.subscribe": direct((_, lazy: LazyPollable) => subscribe(lazy)),
  },
};
