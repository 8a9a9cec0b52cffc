import type { WitFunction, WitInterface, WitType } from "@golem-kit/wit";

import type { DynamicLinking, WorkerId } from "../api.ts";
import type { ResourceHandle } from "../engine/instance.ts";
import {
  fromWitComponentId,
  fromWitWorkerId,
  type WitComponentId,
  type WitWorkerId,
} from "../interfaces/golem/wit-ids.ts";
import type { HostContext } from "../interfaces/host-context.ts";
import { direct, waiting, type HostFunction } from "../interfaces/host-interface.ts";
import { FutureResult } from "./future-result.ts";
import { newCall, remoteOperations, uniqueWorker, type RemoteFunction } from "./remote-calls.ts";
import { futureResult, GET, optionOf, SUBSCRIBE, valueOf, type RemoteFuture } from "./client-future.ts";
import type { RpcCall, RpcOutcome, RpcParams } from "./rpc-caller.ts";

type Target = DynamicLinking[string]["targets"][string];

/** The host's end of a client resource: a connection to a worker, or to a resource that lives in it. */
interface Remote {
  readonly workerId: WorkerId;
  /** Absent on a connection to the worker as such. */
  readonly handle?: ResourceHandle;
}

const FUTURE = /^future-.+-result$/;

/**
 * Implements an RPC client interface (`shop:orders-client/orders-client`) by calls to other workers: what Golem calls
 * dynamic linking.
 */
export function clientFunctions(
  client: WitInterface,
  linking: DynamicLinking[string],
): Map<string, HostFunction> {
  const functions = new Map<string, HostFunction>();
  for (const fn of client.functions.values()) {
    const { resource } = fn;
    if (resource === null) continue;
    if (FUTURE.test(resource)) {
      functions.set(fn.name, fn.name.endsWith(".get") ? GET : SUBSCRIBE);
      continue;
    }
    const target = linking.targets[resource];
    if (target === undefined)
      throw new Error(`${client.id}: the dynamic linking names no target for the resource ${resource}`);
    functions.set(fn.name, clientFunction(client, fn, resource, target));
    if (!isStub(resource, target))
      functions.set(`[resource-drop]${resource}`, dropFunction(resource, target));
  }
  return functions;
}

/** A connection to the worker itself has the name of its interface; any other is a resource of the worker. */
function isStub(resource: string, { interfaceName }: Target): boolean {
  return interfaceName.replace(/@.*$/, "").endsWith(`/${resource}`);
}

function clientFunction(
  client: WitInterface,
  fn: WitFunction,
  resource: string,
  target: Target,
): HostFunction {
  const member = fn.name.slice(fn.name.indexOf(".") + 1);
  if (fn.kind === "constructor")
    return connect(fn, resource, target, (context, first) => byName(context, target, first));
  if (fn.kind === "static" && member === "custom") {
    return connect(fn, resource, target, (context, first) => byId(context, target, first));
  }
  const stub = isStub(resource, target);
  const prefix = /^(blocking|schedule)-/.exec(member)?.[1];
  const name = prefix === undefined ? member : member.slice(prefix.length + 1);
  const remoteName = stub
    ? name
    : fn.kind === "static"
      ? `[static]${resource}.${name}`
      : `${resource}.${name}`;
  const takesSelf = !stub && fn.kind === "method";
  const remote = remoteFunction(
    client,
    fn,
    resource,
    `${target.interfaceName}.{${remoteName}}`,
    prefix,
    takesSelf,
  );
  const operations = remoteOperations(remote);

  const begin = (context: HostContext, args: readonly unknown[]): RpcCall => {
    if (fn.kind === "static")
      return newCall(context, staticWorker(context, target), remote.name, inValues(args));
    const [self, ...params] = args as [Remote, ...unknown[]];
    return newCall(
      context,
      self.workerId,
      remote.name,
      inValues(takesSelf ? [self.handle, ...params] : params),
    );
  };

  if (prefix === "blocking") {
    return waiting(async (context, ...args) => {
      const call = begin(context, args);
      return valueOf(call, (await context.call(operations.invokeAndAwait, call)) as RpcOutcome);
    });
  }
  if (prefix === "schedule") {
    return direct((context, ...args: readonly unknown[]) => {
      const call = begin(context, args.slice(0, -1));
      return context.call(operations.schedule, call, args.at(-1));
    });
  }
  if (fn.result === null) {
    return waiting(async (context, ...args) => {
      const call = begin(context, args);
      valueOf(call, (await context.call(operations.invoke, call)) as RpcOutcome);
    });
  }
  const wrapping = optionOf(futureResult(client, fn.result));
  return direct((context, ...args: readonly unknown[]): RemoteFuture => {
    const future = new FutureResult(begin(context, args));
    future.sendWhenLive(context);
    return { future, operations, ...wrapping };
  });
}

/** A constructor or `custom`: connects to a worker, and for a resource of it has that resource made. */
function connect(
  fn: WitFunction,
  resource: string,
  target: Target,
  workerOf: (context: HostContext, first: unknown) => WorkerId,
): HostFunction {
  // The generated constructor of an ephemeral target takes no worker: all its parameters are the remote one's.
  const named = target.componentType === "Durable" || fn.kind === "static";
  const paramsOf = (args: readonly unknown[]): readonly unknown[] => (named ? args.slice(1) : args);
  if (isStub(resource, target)) {
    return direct((context, ...args: readonly unknown[]): Remote => ({
      workerId: workerOf(context, args[0]),
    }));
  }
  const name = `${target.interfaceName}.{${resource}.new}`;
  const own: WitType = { kind: "own", resource: { name: resource, interface: target.interfaceName } };
  const { invokeAndAwait } = remoteOperations({
    name,
    params: named ? fn.params.slice(1) : fn.params,
    result: own,
  });
  return waiting(async (context, ...args): Promise<Remote> => {
    const workerId = workerOf(context, args[0]);
    const call = newCall(context, workerId, name, inValues(paramsOf(args)));
    const handle = valueOf(call, (await context.call(invokeAndAwait, call)) as RpcOutcome);
    return { workerId, handle: handle as ResourceHandle };
  });
}

/** Dropping a client resource drops the remote one; nobody waits for that. */
function dropFunction(resource: string, target: Target): HostFunction {
  const name = `${target.interfaceName}.{${resource}.drop}`;
  const type: WitType = { kind: "own", resource: { name: resource, interface: target.interfaceName } };
  const { send } = remoteOperations({ name, params: [{ name: "self", type }], result: null });
  return direct((context, { workerId, handle }: Remote) => {
    const call = newCall(context, workerId, name, inValues([handle]));
    context.call(send, call);
  });
}

function byName(context: HostContext, target: Target, workerName: unknown): WorkerId {
  const componentId = componentIdOf(context, target);
  if (target.componentType === "Ephemeral") return uniqueWorker(context, componentId);
  return { componentId, workerName: String(workerName) };
}

function byId(context: HostContext, target: Target, id: unknown): WorkerId {
  if (target.componentType === "Ephemeral")
    return uniqueWorker(context, fromWitComponentId(id as WitComponentId));
  return fromWitWorkerId(id as WitWorkerId);
}

/** A static function belongs to no worker in particular. */
function staticWorker(context: HostContext, target: Target): WorkerId {
  return uniqueWorker(context, componentIdOf(context, target));
}

function componentIdOf(context: HostContext, target: Target): string {
  const componentId = context.rpc.resolveComponent(target.componentName);
  if (componentId === undefined) {
    throw new Error(
      `Failed to resolve component ${target.componentName}: no component of this name is deployed`,
    );
  }
  return componentId;
}

function inValues(values: readonly unknown[]): RpcParams {
  return { form: "values", values };
}

function remoteFunction(
  client: WitInterface,
  fn: WitFunction,
  resource: string,
  name: string,
  prefix: string | undefined,
  takesSelf: boolean,
): RemoteFunction {
  const own = prefix === "schedule" ? fn.params.slice(0, -1) : fn.params;
  const self = {
    name: "self",
    type: { kind: "borrow", resource: { name: resource, interface: client.id } },
  } as const;
  const result =
    prefix === undefined && fn.result !== null
      ? futureResult(client, fn.result)
      : prefix === "blocking"
        ? fn.result
        : null;
  return { name, params: takesSelf ? [self, ...own] : own, result };
}
