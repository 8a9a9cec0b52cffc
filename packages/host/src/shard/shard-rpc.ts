import type { WorkerId } from "../ground/api/worker-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import type { CallerInfo } from "../ground/api/caller-info.ts";
import type { Invocation, InvocationResult } from "../ground/api/invocation.ts";
import { GolemError, type GolemErrorCase, isHostTrouble, passingTrouble } from "../ground/golem-error.ts";
import type { RpcCall, RpcCaller, RpcError, RpcOutcome } from "../interfaces/rpc/rpc-caller.ts";
import type { SharedStores } from "../storage/shared-stores.ts";
import type { Channel } from "./channel.ts";
import type { RouterOperations } from "./protocol.ts";

/** Where a shard sends calls to workers: its own, or the router. */
export interface CallTarget {
  invoke(id: WorkerId, invocation: Invocation, caller: CallerInfo): Promise<void>;
  invokeAndAwait(id: WorkerId, invocation: Invocation, caller: CallerInfo): Promise<InvocationResult>;
}

/** The way to the workers of other shards. */
export function routed(router: Channel<RouterOperations>): CallTarget {
  return {
    invoke: (id, invocation, caller) => router.call("invoke", id, invocation, caller),
    invokeAndAwait: (id, invocation, caller) => router.call("invokeAndAwait", id, invocation, caller),
  };
}

/** The remote calls of one worker. */
export class ShardRpc implements RpcCaller {
  readonly caller: CallerInfo;
  readonly #targetOf: (id: WorkerId) => CallTarget;
  readonly #shared: SharedStores;
  readonly #onScheduled: () => void;

  constructor(
    caller: CallerInfo,
    targetOf: (id: WorkerId) => CallTarget,
    shared: SharedStores,
    onScheduled: () => void,
  ) {
    this.caller = caller;
    this.#targetOf = targetOf;
    this.#shared = shared;
    this.#onScheduled = onScheduled;
  }

  resolveComponent(name: string): string | undefined {
    return this.#shared.components.idOf(name);
  }

  invokeAndAwait(call: RpcCall): Promise<RpcOutcome> {
    return outcomeOf(async () => {
      const result = await this.#targetOf(call.target).invokeAndAwait(
        call.target,
        invocationOf(call),
        this.caller,
      );
      return result.value;
    });
  }

  invoke(call: RpcCall): Promise<RpcOutcome> {
    return outcomeOf(() => this.#targetOf(call.target).invoke(call.target, invocationOf(call), this.caller));
  }

  schedule(call: RpcCall, at: number): string {
    // Callers that were given the same key call other workers by the same one.
    const id = `${workerIdText(call.target)} ${call.idempotencyKey}`;
    this.#shared.schedule.add({
      id,
      at,
      action: { type: "invoke", workerId: call.target, invocation: invocationOf(call), caller: this.caller },
    });
    this.#onScheduled();
    return id;
  }

  cancelScheduled(scheduleId: string): boolean {
    return this.#shared.schedule.delete(scheduleId);
  }
}

function invocationOf({ functionName, params, idempotencyKey, trace }: RpcCall): Invocation {
  return { function: functionName, params, idempotencyKey, trace };
}

/** An error that the callee's side reports is an outcome, which is journalled; anything else is not. */
async function outcomeOf(call: () => Promise<unknown>): Promise<RpcOutcome> {
  try {
    return { tag: "ok", val: await call() };
  } catch (error) {
    const trouble = passingTrouble(error);
    if (trouble !== undefined) throw trouble;
    if (!(error instanceof GolemError) || isHostTrouble(error)) throw error;
    return { tag: "err", val: rpcError(error.detail, error.message) };
  }
}

function rpcError(detail: GolemErrorCase, message: string): RpcError {
  switch (detail.type) {
    case "ComponentNotFound":
    case "WorkerNotFound":
      return { tag: "not-found", val: message };
    case "InvalidRequest":
    case "ParamTypeMismatch":
      return { tag: "protocol-error", val: message };
    default:
      return { tag: "remote-internal-error", val: message };
  }
}
