import type { WitFunction, WitInterface, WitType } from "@golem-kit/wit";

import type { DynamicLinking } from "../../ground/api/components.ts";
import type { WorkerId } from "../../ground/api/worker-id.ts";
import type { ResourceHandle } from "../../engine/guest-instance.ts";
import {
  fromWitComponentId,
  fromWitWorkerId,
  type WitComponentId,
  type WitWorkerId,
} from "../golem/wit-ids.ts";
import { direct, waiting, type DurableFunction, type HostFunction } from "../host-interface.ts";
import { DROP, futureResult, GET, optionOf, SUBSCRIBE, valueOf, type RemoteFuture } from "./client-future.ts";
import {
  beginCall,
  callForLater,
  connectTo,
  DISCONNECT,
  endCall,
  outcomeOf,
  uniqueWorker,
  type Connection,
  type OpenCall,
} from "./connection.ts";
import { FutureResult } from "./future-result.ts";
import { remoteOperations, type RemoteFunction } from "./remote-calls.ts";
import type { RpcParams } from "./rpc-caller.ts";
import type { RpcPorts } from "./rpc-ports.ts";

type Target = DynamicLinking[string]["targets"][string];

/** The host's end of a client resource: a connection to a worker, or to a resource that lives in it. */
interface Remote extends Connection {
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
): Map<string, HostFunction<RpcPorts>> {
  const functions = new Map<string, HostFunction<RpcPorts>>();
  for (const fn of client.functions.values()) {
    const { resource } = fn;
    if (resource === null) continue;
    if (FUTURE.test(resource)) {
      functions.set(fn.name, fn.name.endsWith(".get") ? GET : SUBSCRIBE);
      functions.set(`[resource-drop]${resource}`, DROP);
      continue;
    }
    const target = linking.targets[resource];
    if (target === undefined)
      throw new Error(`${client.id}: the dynamic linking names no target for the resource ${resource}`);
    functions.set(fn.name, clientFunction(client, fn, resource, target));
    functions.set(
      `[resource-drop]${resource}`,
      isStub(resource, target) ? DISCONNECT : dropFunction(resource, target),
    );
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
): HostFunction<RpcPorts> {
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

  /** A static function belongs to no worker in particular: it has a connection for the call alone. */
  const connectionOf = (context: RpcPorts, args: readonly unknown[]): [Connection, RpcParams] => {
    if (fn.kind === "static") {
      const workerId = uniqueWorker(context, componentIdOf(context, target));
      return [connectTo(context, workerId), inValues(args)];
    }
    const [self, ...params] = args as [Remote, ...unknown[]];
    return [self, inValues(takesSelf ? [self.handle, ...params] : params)];
  };
  const begin = (context: RpcPorts, args: readonly unknown[]): OpenCall => {
    const [connection, params] = connectionOf(context, args);
    const open = beginCall(context, connection, remote.name, params);
    return fn.kind === "static" ? { ...open, spans: [...open.spans, connection.span] } : open;
  };
  const complete = async (
    context: RpcPorts,
    operation: DurableFunction<RpcPorts>,
    args: readonly unknown[],
  ): Promise<unknown> => {
    const open = begin(context, args);
    return valueOf(open.call, await outcomeOf(context, operation, open));
  };

  if (prefix === "blocking")
    return waiting((context, ...args) => complete(context, operations.invokeAndAwait, args));
  if (prefix === "schedule") {
    return direct((context, ...args: readonly unknown[]) => {
      const [connection, params] = connectionOf(context, args.slice(0, -1));
      const call = callForLater(context, connection, remote.name, params);
      const scheduled = context.call(operations.schedule, call, args.at(-1));
      if (fn.kind === "static") context.tracing.finish(connection.span);
      return scheduled;
    });
  }
  if (fn.result === null)
    return waiting(async (context, ...args) => void (await complete(context, operations.invoke, args)));
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
  workerOf: (context: RpcPorts, first: unknown) => WorkerId,
): HostFunction<RpcPorts> {
  // The generated constructor of an ephemeral target takes no worker: all its parameters are the remote one's.
  const named = target.componentType === "Durable" || fn.kind === "static";
  const paramsOf = (args: readonly unknown[]): readonly unknown[] => (named ? args.slice(1) : args);
  if (isStub(resource, target)) {
    return direct((context, ...args: readonly unknown[]): Remote =>
      connectTo(context, workerOf(context, args[0])),
    );
  }
  const name = `${target.interfaceName}.{${resource}.new}`;
  const own: WitType = { kind: "own", resource: { name: resource, interface: target.interfaceName } };
  const { invokeAndAwait } = remoteOperations({
    name,
    params: named ? fn.params.slice(1) : fn.params,
    result: own,
  });
  return waiting(async (context, ...args): Promise<Remote> => {
    const { workerId, span } = connectTo(context, workerOf(context, args[0]));
    const open = beginCall(context, { workerId, span }, name, inValues(paramsOf(args)));
    const handle = valueOf(open.call, await outcomeOf(context, invokeAndAwait, open));
    // As on Golem, what is done with the resource is part of a connection of its own.
    return { ...connectTo(context, workerId, span), handle: handle as ResourceHandle };
  });
}

/** Dropping a client resource drops the remote one; nobody waits for that. */
function dropFunction(resource: string, target: Target): HostFunction<RpcPorts> {
  const name = `${target.interfaceName}.{${resource}.drop}`;
  const type: WitType = { kind: "own", resource: { name: resource, interface: target.interfaceName } };
  const { send } = remoteOperations({ name, params: [{ name: "self", type }], result: null });
  return direct((context, remote: Remote) => {
    const open = beginCall(context, remote, name, inValues([remote.handle]));
    context.call(send, open.call);
    endCall(context, { spans: [...open.spans, remote.span] });
  });
}

function byName(context: RpcPorts, target: Target, workerName: unknown): WorkerId {
  const componentId = componentIdOf(context, target);
  if (target.componentType === "Ephemeral") return uniqueWorker(context, componentId);
  return { componentId, workerName: String(workerName) };
}

function byId(context: RpcPorts, target: Target, id: unknown): WorkerId {
  if (target.componentType === "Ephemeral")
    return uniqueWorker(context, fromWitComponentId(id as WitComponentId));
  return fromWitWorkerId(id as WitWorkerId);
}

function componentIdOf(context: RpcPorts, target: Target): string {
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
