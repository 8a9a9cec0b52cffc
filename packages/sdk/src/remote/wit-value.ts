import type { WitValue } from "golem:rpc/types@0.2.0";

import { decodeValue } from "./decode-value.ts";
import { encodeValue } from "./encode-value.ts";
import type { WitType } from "./wit-type.ts";

/**
 * A value as `golem:rpc/types.wit-value`.
 *
 * @throws WitValueError if the value is not of the type
 * @example
 * ```ts
 * const nodes = toWitValue(wit.list(wit.string), ["tea", "coffee"]);
 * ```
 */
export function toWitValue<T>(type: WitType<T>, value: T): WitValue {
  return encodeValue(type.node, value);
}

/**
 * What a `golem:rpc/types.wit-value` holds: those of an oplog, for instance.
 *
 * @throws WitValueError if it is not of the type
 * @example
 * ```ts
 * const names = fromWitValue(wit.list(wit.string), nodes);
 * ```
 */
export function fromWitValue<T>(type: WitType<T>, value: WitValue): T {
  return decodeValue(type.node, value) as T;
}
