import type { WorkerId } from "../../ground/api/worker-id.ts";
import type { TraceParent } from "../../ground/api/trace.ts";
import type { CallerInfo } from "../../ground/api/caller-info.ts";
import type { InvocationParams } from "../../ground/api/invocation.ts";

export interface RpcCall {
  readonly target: WorkerId;
  /** By Golem's grammar: `shop:orders-exports/api.{place}`. */
  readonly functionName: string;
  readonly params: RpcParams;
  readonly idempotencyKey: string;
  /** The caller's span. */
  readonly trace: TraceParent;
}

/** Parameters as JavaScript values or as `wit-value`s; the result comes back in the same form. */
export type RpcParams = Extract<InvocationParams, { readonly form: "values" | "wit" }>;

/** What became of a remote call; an error is text, as Golem's `rpc-error` carries it. */
export type RpcOutcome =
  | { readonly tag: "ok"; readonly val: unknown }
  | { readonly tag: "err"; readonly val: RpcError };

/** The cases of WIT's `golem:rpc/types` `rpc-error`. */
export const RPC_ERROR_TAGS = ["protocol-error", "denied", "not-found", "remote-internal-error"] as const;

export interface RpcError {
  readonly tag: (typeof RPC_ERROR_TAGS)[number];
  readonly val: string;
}

/** Calls from one worker to others. */
export interface RpcCaller {
  readonly caller: CallerInfo;
  /** Id of a component by its name, `undefined` if there is none. */
  resolveComponent(name: string): string | undefined;
  invokeAndAwait(call: RpcCall): Promise<RpcOutcome>;
  /** Resolves when the call is accepted for good. */
  invoke(call: RpcCall): Promise<RpcOutcome>;
  /** @param at milliseconds since the epoch. @returns what the call is cancelled by */
  schedule(call: RpcCall, at: number): string;
  /** True if the call was still to come and now never will. */
  cancelScheduled(scheduleId: string): boolean;
}
