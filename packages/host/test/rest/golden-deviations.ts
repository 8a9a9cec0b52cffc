import { expect } from "vitest";

export interface Deviation {
  readonly status: number;
  readonly body: unknown;
}

function invalidRequest(details: unknown): Deviation {
  return { status: 500, body: { golemError: { type: "InvalidRequest", details } } };
}

const result = (value: number): Deviation => ({
  status: 200,
  body: { result: { typ: { type: "Tuple", items: [{ type: "F32" }] }, value: [value] } },
});
const unit: Deviation = { status: 200, body: { result: { typ: { type: "Tuple", items: [] }, value: [] } } };
const idle: Deviation = {
  status: 200,
  body: expect.objectContaining({ status: "Idle", lastError: null, retryCount: 0 }),
};
const unknownFunction = (name: string): Deviation =>
  invalidRequest(expect.stringContaining(`Can't find exported function in component (${name})`));
const noFunctionName = invalidRequest(expect.stringMatching(/^Invalid function name/));

/** Where this host answers otherwise than Golem 1.2.0 did, and how. */
export const deviations: Readonly<Record<string, Deviation>> = {
  // Golem took the number for 2^64 - 12.
  "negative s64": result(94),
  // Golem let the call fail in the worker, which was lost by it; here nothing has happened.
  "typ differs from the function": invalidRequest("Parameter type mismatch: in $ expected char, got string"),
  "typ differs from the function, again": invalidRequest(
    "Parameter type mismatch: in $ expected string, got u32",
  ),
  "too few params": invalidRequest("Parameter type mismatch: expected 2, got 1 parameters"),
  "right call after a wrong typ": unit,
  "indexed .new": {
    status: 200,
    body: { result: { typ: expect.anything(), value: [expect.stringMatching(/\/1$/)] } },
  },
  // Other words for the same, with the nearest name.
  'function name "shop:orders-exports/api.{nope}"': unknownFunction("shop:orders-exports/api.{nope}"),
  'function name "shop:orders-exports/other.{note}"': unknownFunction("shop:orders-exports/other.{note}"),
  'function name "shop:orders-exports/api@1.0.0.{note}"': unknownFunction(
    "shop:orders-exports/api@1.0.0.{note}",
  ),
  'function name "shop:orders-exports/api.{Note}"': unknownFunction("shop:orders-exports/api.{Note}"),
  'function name "shop:orders-exports/api.note"': noFunctionName,
  'function name ""': noFunctionName,
  'function name "{{"': noFunctionName,
  "unknown component": { status: 404, body: { error: expect.stringContaining("Component not found") } },
  "indexed unknown method": unknownFunction('shop:orders-exports/api.{invoice("a").nope}'),
  "indexed [method]": noFunctionName,
  "indexed static": unknownFunction('shop:orders-exports/api.{[static]invoice("a").total}'),
  "indexed with a wrong argument": invalidRequest(
    expect.stringMatching(/^Failed to parse resource constructor parameters: /),
  ),
  // Golem found statics by their prefixed name only.
  "static without prefix": {
    status: 200,
    body: { result: { typ: { type: "Tuple", items: [{ type: "F64" }] }, value: [3.5] } },
  },
  "method after drop": invalidRequest(expect.stringContaining("handle")),
  "handle of an unknown resource": invalidRequest(expect.stringContaining("handle")),
  // Golem lost these workers; here they live on.
  "worker after a wrong typ": idle,
  "handle of an unknown resource: metadata": idle,
  "indexed .new: metadata": idle,
  "metadata at the end": idle,
  "handle of another worker": invalidRequest(
    "Value mismatch: in $ cannot resolve handle belonging to a different worker",
  ),
};
