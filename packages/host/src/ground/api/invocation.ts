import type { TraceParent } from "./trace.ts";
import type { WitValue } from "../wit/wit-value.ts";

/**
 * Parameters of an invocation: JavaScript values of the WIT types, Golem's JSON (`value`, with `typ` for all or for none;
 * integers may be bigint), or `golem:rpc/types.wit-value`s. The result comes back in the same form.
 */
export type InvocationParams =
  | { readonly form: "values"; readonly values: readonly unknown[] }
  | {
      readonly form: "json";
      readonly params: readonly { readonly typ?: unknown; readonly value: unknown }[];
    }
  | { readonly form: "wit"; readonly values: readonly WitValue[] };

/**
 * `values`: the function's result, `undefined` for none; a WIT `result` is `{tag: "ok" | "err", val}`.
 * `json`: Golem's tuple of results, `{ typ: {type: "Tuple", items: […]}, value: […] }`.
 * `wit`: a `wit-value` that is the tuple of results.
 */
export type InvocationResult =
  | { readonly form: "values"; readonly value: unknown }
  | { readonly form: "json"; readonly typ: unknown; readonly value: readonly unknown[] }
  | { readonly form: "wit"; readonly value: WitValue };

export interface Invocation {
  /** By Golem's grammar: `shop:orders-exports/api.{place}`. */
  readonly function: string;
  readonly params: InvocationParams;
  /** The same key never runs twice. @default a random UUID */
  readonly idempotencyKey?: string;
  /** The span that the invocation is part of. @default none: it begins a trace */
  readonly trace?: TraceParent | undefined;
}
