import { resolveComponentId } from "golem:api/host@1.1.6";
import { WasmRpc, type ComponentId, type WitValue } from "golem:rpc/types@0.2.0";

import type { When } from "./instant.ts";
import { decodeResult } from "./remote/decode-value.ts";
import { encodeValue } from "./remote/encode-value.ts";
import { isRpcError, RemoteError, remoteErrorOf } from "./remote/remote-error.ts";
import type { AnyWitType, ValueOf } from "./remote/wit-type.ts";
import { payloadOf } from "./result-error.ts";
import { call } from "./rpc/future.ts";
import { schedule, type ScheduledCall } from "./rpc/schedule.ts";

export { isRemoteError, RemoteError, type RemoteErrorCode } from "./remote/remote-error.ts";
export { fromWitValue, toWitValue } from "./remote/wit-value.ts";
export { isWitValueError, WitValueError } from "./remote/wit-value-error.ts";
export { wit, type AnyWitType, type ValueOf, type WitType } from "./remote/wit-type.ts";
export { ScheduledCall } from "./rpc/schedule.ts";
export { isUuid, uuidFromText, uuidToText, type Uuid } from "./uuid.ts";
export type { When } from "./instant.ts";
/**
 * Values as the platform carries them, alone or with their types: `golem:rpc/types.value-and-type` and its parts.
 *
 * @example
 * ```ts
 * const namesOf = (recorded: ValueAndType): string[] =>
 *   fromWitValue(wit.list(wit.string), extractValue(recorded));
 * ```
 */
export { extractType, extractValue, type ValueAndType, type WitValue } from "golem:rpc/types@0.2.0";

/**
 * A function of another component: its name in Golem's grammar, and its types.
 *
 * @example
 * ```ts
 * const sizeOf = ({ params }: RemoteFunction<readonly AnyWitType[], AnyWitType | null>): number => params.length;
 * ```
 */
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
 *
 * @example
 * ```ts
 * const visit = (counter: RemoteWorker): Promise<bigint> => counter.call(add, 1);
 * using visits = remoteWorker("shop:counter", "visits");
 * const total = await visit(visits);
 * ```
 */
export class RemoteWorker implements Disposable {
  readonly componentName: string;
  /** `undefined` for a worker that the platform names: see {@link ephemeralWorker}. */
  readonly workerName: string | undefined;
  #rpc: WasmRpc | undefined;

  /** Made by {@link remoteWorker} and {@link ephemeralWorker}. */
  constructor(componentName: string, workerName: string | undefined, rpc: WasmRpc) {
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
   * @throws RemoteError, `disposed` among others; WitValueError for an argument or a result that is not of its type
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
    const answer = await call(this.#held(target).asyncInvokeAndAwait(target.name, encodeAll(target, args)));
    if (answer.tag === "err") throw remoteErrorOf(answer.val, this.#target, target.name);
    return answerOf(target, answer.val);
  }

  /**
   * Sends a call without waiting for it. Stands on `golem:rpc/types.wasm-rpc.invoke`.
   *
   * @throws RemoteError if the call cannot be sent; WitValueError
   * @example
   * ```ts
   * counter.trigger(add, 1);
   * ```
   */
  trigger<const Params extends readonly AnyWitType[]>(
    target: RemoteFunction<Params, AnyWitType | null>,
    ...args: Arguments<Params>
  ): void {
    const params = encodeAll(target, args);
    const rpc = this.#held(target);
    try {
      rpc.invoke(target.name, params);
    } catch (thrown) {
      const payload = payloadOf(thrown);
      throw isRpcError(payload) ? remoteErrorOf(payload, this.#target, target.name) : thrown;
    }
  }

  /**
   * Schedules a call. Stands on `golem:rpc/types.wasm-rpc.schedule-cancelable-invocation`.
   *
   * The platform does not look for the function before the time has come.
   *
   * @throws RemoteError `disposed`; WitValueError; DurationError, SdkError `invalid-time`
   * @example
   * ```ts
   * const later = counter.schedule("1 day", add, 1);
   * later.cancel();
   * ```
   */
  schedule<const Params extends readonly AnyWitType[]>(
    when: When,
    target: RemoteFunction<Params, AnyWitType | null>,
    ...args: Arguments<Params>
  ): ScheduledCall {
    const params = encodeAll(target, args);
    const rpc = this.#held(target);
    return schedule(when, (at) => rpc.scheduleCancelableInvocation({ ...at }, target.name, params));
  }

  /** Lets go of the handle; a second time does nothing. Calls that run go on. */
  [Symbol.dispose](): void {
    this.#rpc?.[Symbol.dispose]();
    this.#rpc = undefined;
  }

  #held({ name }: { readonly name: string }): WasmRpc {
    if (this.#rpc !== undefined) return this.#rpc;
    throw new RemoteError({
      code: "disposed",
      operation: name,
      message: `${name} of ${this.#target} was called after its handle was disposed of. Await the calls in the block of its \`using\`: \`return await …\`.`,
    });
  }

  get #target(): string {
    return this.workerName === undefined
      ? `an ephemeral worker of ${this.componentName}`
      : `${this.componentName}/${this.workerName}`;
  }
}

/**
 * Names a worker of a component, to call it by name. Stands on `golem:api/host.resolve-component-id` and
 * `golem:rpc/types.wasm-rpc`.
 *
 * @throws RemoteError `unknown-component`
 * @example
 * ```ts
 * using counter = remoteWorker("shop:counter", "visits");
 * const total = await counter.call(add, 1);
 * ```
 */
export function remoteWorker(componentName: string, workerName: string): RemoteWorker {
  const componentId = resolve("remoteWorker", componentName);
  return new RemoteWorker(componentName, workerName, new WasmRpc({ componentId, workerName }));
}

/**
 * A new worker of an ephemeral component; the platform makes up its name, which stays the same when this worker is
 * replayed. Stands on `golem:api/host.resolve-component-id` and `golem:rpc/types.wasm-rpc.ephemeral`.
 *
 * @throws RemoteError `unknown-component`
 * @example
 * ```ts
 * using resizer = ephemeralWorker("shop:thumbnails");
 * const small = await resizer.call(resize, picture, 64);
 * ```
 */
export function ephemeralWorker(componentName: string): RemoteWorker {
  const componentId = resolve("ephemeralWorker", componentName);
  return new RemoteWorker(componentName, undefined, WasmRpc.ephemeral(componentId));
}

function resolve(operation: string, componentName: string): ComponentId {
  const componentId = resolveComponentId(componentName);
  if (componentId !== undefined) return componentId;
  throw new RemoteError({
    code: "unknown-component",
    operation,
    message: `There is no component "${componentName}". Deploy it, or correct the name.`,
  });
}

function encodeAll(
  target: RemoteFunction<readonly AnyWitType[], AnyWitType | null>,
  args: readonly unknown[],
): WitValue[] {
  return target.params.map((param, at) => encodeValue(param.node, args[at]));
}

function answerOf<Result extends AnyWitType | null>(
  { result }: RemoteFunction<readonly AnyWitType[], Result>,
  answer: WitValue,
): Answer<Result> {
  if (result === null) return undefined as Answer<Result>;
  return decodeResult(result.node, answer) as Answer<Result>;
}
