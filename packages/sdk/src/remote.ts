import { resolveComponentId } from "golem:api/host@1.1.6";
import { WasmRpc, type RpcError, type WitValue } from "golem:rpc/types@0.2.0";

import type { When } from "./instant.ts";
import { decodeValue } from "./remote/decode-value.ts";
import { encodeValue } from "./remote/encode-value.ts";
import type { AnyWitType, ValueOf } from "./remote/wit-type.ts";
import { payloadOf } from "./result-error.ts";
import { call } from "./rpc/future.ts";
import { schedule, type ScheduledCall } from "./rpc/schedule.ts";
import { isSdkErrorNamed, SdkError } from "./sdk-error.ts";

export { isWitValueError, WitValueError } from "./remote/wit-value-error.ts";
export { wit, type AnyWitType, type ValueOf, type WitType } from "./remote/wit-type.ts";
export { ScheduledCall } from "./rpc/schedule.ts";
export type { When } from "./instant.ts";

/** Why a {@link RemoteError} was thrown: `golem:rpc/types.rpc-error`'s cases, and a component name that is unknown. */
export type RemoteErrorCode = RpcError["tag"] | "unknown-component";

/** A call by name did not reach a result. */
export class RemoteError extends SdkError {
  override readonly name = "RemoteError" as const;
  declare readonly code: RemoteErrorCode;
}

/** Whether `error` is a {@link RemoteError}. */
export function isRemoteError(error: unknown): error is RemoteError {
  return isSdkErrorNamed(error, "RemoteError");
}

/** A function of another component: its name in Golem's grammar, and its types. */
export interface RemoteFunction<Params extends readonly AnyWitType[], Result extends AnyWitType | null> {
  readonly name: string;
  readonly params: Params;
  readonly result: Result;
}

type Arguments<Params extends readonly AnyWitType[]> = { [K in keyof Params]: ValueOf<Params[K]> };
type Answer<Result extends AnyWitType | null> = Result extends AnyWitType ? ValueOf<Result> : undefined;

/**
 * Describes a function to be called by name.
 *
 * @param name `ns:pkg-exports/interface.{function}`, or a resource's `….{[method]res.name}`
 * @param types.result `null` for a function without a result @default null
 * @example
 * ```ts
 * const add = remoteFunction("shop:counter-exports/api.{add}", { params: [wit.u32], result: wit.u64 });
 * ```
 */
export function remoteFunction<
  const Params extends readonly AnyWitType[],
  Result extends AnyWitType | null = null,
>(
  name: string,
  types: { readonly params: Params; readonly result?: Result },
): RemoteFunction<Params, Result> {
  const { params, result = null } = types;
  return { name, params, result: result as Result };
}

/**
 * A worker that is called by name, without a client generated from its WIT: for components that are known only at run
 * time. It is created by its first call. Its handle is held until it is disposed of.
 */
export class RemoteWorker implements Disposable {
  readonly componentName: string;
  readonly workerName: string;
  readonly #rpc: WasmRpc;

  /** Made by {@link remoteWorker}. */
  constructor(componentName: string, workerName: string, rpc: WasmRpc) {
    this.componentName = componentName;
    this.workerName = workerName;
    this.#rpc = rpc;
  }

  /**
   * Calls a function and waits for its result; the worker's other promises go on meanwhile. However often this worker
   * is replayed, the other one runs the call once.
   *
   * Stands on `golem:rpc/types.wasm-rpc.async-invoke-and-await`.
   *
   * @throws RemoteError; WitValueError for an argument or a result that is not of its type
   * @example
   * ```ts
   * using counter = remoteWorker("shop:counter", "visits");
   * const total = await counter.call(add, 1);
   * ```
   */
  async call<const Params extends readonly AnyWitType[], Result extends AnyWitType | null>(
    target: RemoteFunction<Params, Result>,
    ...args: Arguments<Params>
  ): Promise<Answer<Result>> {
    const answer = await call(this.#rpc.asyncInvokeAndAwait(target.name, encodeAll(target, args)));
    if (answer.tag === "err") throw this.#error(target.name, answer.val);
    return answerOf(target, answer.val);
  }

  /**
   * Sends a call without waiting for it. Stands on `golem:rpc/types.wasm-rpc.invoke`.
   *
   * @throws RemoteError if the call cannot be sent; WitValueError
   */
  trigger<const Params extends readonly AnyWitType[]>(
    target: RemoteFunction<Params, AnyWitType | null>,
    ...args: Arguments<Params>
  ): void {
    const params = encodeAll(target, args);
    try {
      this.#rpc.invoke(target.name, params);
    } catch (thrown) {
      const payload = payloadOf(thrown);
      throw isRpcError(payload) ? this.#error(target.name, payload) : thrown;
    }
  }

  /**
   * Schedules a call. Stands on `golem:rpc/types.wasm-rpc.schedule-cancelable-invocation`.
   *
   * @throws WitValueError; DurationError, SdkError `invalid-time`
   */
  schedule<const Params extends readonly AnyWitType[]>(
    when: When,
    target: RemoteFunction<Params, AnyWitType | null>,
    ...args: Arguments<Params>
  ): ScheduledCall {
    const params = encodeAll(target, args);
    return schedule(when, (at) => this.#rpc.scheduleCancelableInvocation({ ...at }, target.name, params));
  }

  [Symbol.dispose](): void {
    this.#rpc[Symbol.dispose]();
  }

  #error(functionName: string, { tag, val }: RpcError): RemoteError {
    return new RemoteError({
      code: tag,
      operation: functionName,
      message: `Calling ${functionName} of ${this.componentName}/${this.workerName} failed (${tag}): ${val}`,
      cause: { tag, val },
    });
  }
}

/**
 * Names a worker of a component, to call it by name. Stands on `golem:api/host.resolve-component-id` and
 * `golem:rpc/types.wasm-rpc`.
 *
 * @throws RemoteError `unknown-component`
 */
export function remoteWorker(componentName: string, workerName: string): RemoteWorker {
  const componentId = resolveComponentId(componentName);
  if (componentId === undefined) {
    throw new RemoteError({
      code: "unknown-component",
      operation: "remoteWorker",
      message: `There is no component "${componentName}". Deploy it, or correct the name.`,
    });
  }
  return new RemoteWorker(componentName, workerName, new WasmRpc({ componentId, workerName }));
}

function encodeAll(
  target: RemoteFunction<readonly AnyWitType[], AnyWitType | null>,
  args: readonly unknown[],
): WitValue[] {
  return target.params.map((param, at) => encodeValue(param.node, args[at]));
}

/** Golem answers with a tuple of results, which holds one, or none. */
function answerOf<Result extends AnyWitType | null>(
  { result }: RemoteFunction<readonly AnyWitType[], Result>,
  answer: WitValue,
): Answer<Result> {
  if (result === null) return undefined as Answer<Result>;
  const [value] = decodeValue({ kind: "tuple", items: [result.node] }, answer) as [Answer<Result>];
  return value;
}

function isRpcError(value: unknown): value is RpcError {
  return typeof value === "object" && value !== null && "tag" in value && "val" in value;
}
