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
/** Of the shop's tour, which throws an error with this message. */
const TRAP = expect.stringMatching(/^error while executing at wasm backtrace:[^]*api#fail[^]*\n\nboom\n/);
const counted = (value: unknown): Deviation => ({
  status: 200,
  body: { result: { typ: { type: "Tuple", items: [{ type: "U64" }] }, value: [value] } },
});
const text = (pattern: RegExp): Deviation => ({
  status: 200,
  body: {
    result: { typ: { type: "Tuple", items: [{ type: "Str" }] }, value: [expect.stringMatching(pattern)] },
  },
});
const texts = (count: number): Deviation => ({
  status: 200,
  body: {
    result: {
      typ: { type: "Tuple", items: [{ type: "List", inner: { type: "Str" } }] },
      value: [Array.from({ length: count }, () => expect.any(String))],
    },
  },
});
const missingVersion = {
  type: "failedUpdate",
  targetVersion: 5,
  details: expect.stringMatching(/^Automatic update failed: Component not found: .*, version 5$/),
};
const failedUpdates = (count: number): Deviation => ({
  status: 200,
  body: expect.objectContaining({
    status: "Idle",
    updates: [
      { type: "successfulUpdate", targetVersion: 1 },
      {
        type: "failedUpdate",
        targetVersion: 2,
        details: expect.stringMatching(/^Automatic update failed: /),
      },
      {
        type: "failedUpdate",
        targetVersion: 2,
        details: "failed to get a snapshot for manual update: save-snapshot is not exported",
      },
    ].slice(0, 1 + count),
  }),
});
/** A page of a list that goes on. */
const workersOnPage = (count: number): Deviation => ({
  status: 200,
  body: {
    cursor: { cursor: expect.any(Number), layer: expect.any(Number) },
    workers: Array.from({ length: count }, () => expect.objectContaining({ status: "Idle" })),
  },
});
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
  // Here workers are listed in another order than they were made in, and so another one comes first.
  "list, count 2": workersOnPage(2),
  "list, count 1": workersOnPage(1),
  "find, none": workersOnPage(1),
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
  // The component has been uploaded once here, three times there.
  "environment as the worker sees it": {
    status: 200,
    body: {
      result: {
        typ: expect.anything(),
        value: [
          expect.arrayContaining([
            ["K", "v"],
            ["GOLEM_COMPONENT_VERSION", "0"],
          ]),
        ],
      },
    },
  },
  // The stack is the engine's own.
  trap: { status: 500, body: { golemError: { type: "RuntimeError", details: TRAP } } },
  failed: {
    status: 200,
    body: expect.objectContaining({
      status: "Failed",
      retryCount: 4,
      pendingInvocationCount: 0,
      lastError: TRAP,
    }),
  },
  "after failure": { status: 500, body: { golemError: { type: "PreviousInvocationFailed", details: TRAP } } },
  "resume failed": { status: 500, body: { golemError: { type: "PreviousInvocationFailed", details: TRAP } } },
  // Golem accepted it, and told nobody.
  "fire and forget, unknown function": unknownFunction("shop:tour-exports/api.{nope}"),
  // Golem ran the key that was sent twice in quick succession twice, and so counts one more.
  "counter (3)": counted(4),
  "idempotency key": counted(5),
  "the same key again": counted(5),
  "the same key, another function": counted(5),
  "counter (5)": counted(6),
  // Derived from the key and the place in the oplog, which is another.
  "idempotency-key derived from a text key": text(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/),
  "idempotency-key derived from a UUID key": text(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/),
  // Golem forgot which invocation runs.
  "cancel running": { status: 200, body: { canceled: false } },
  "call clocks": texts(2),
  "call random": texts(2),
  "call idempotency-key": text(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/),
  "call self-metadata": text(/^\{"workerId":.*"args":\["x"\],"env":\[\["E","1"\]/),
  "call oplog-index": counted(expect.any(Number)),
  "call sleep": counted(expect.any(Number)),
  "call atomic": text(/^begin \d+ tries 1$/),
  "oplog, query (((": {
    status: 500,
    body: { golemError: { type: "Unknown", details: expect.stringContaining('Cannot search for "((("') } },
  },
  // The single binary of 1.2.0 did not answer these; its separate services do.
  "GET /healthcheck": { status: 200, body: {} },
  "GET /version": { status: 200, body: { version: "1.2.5" } },
  // Golem updated in the background, after its answer.
  updated: {
    status: 200,
    body: expect.objectContaining({ updates: [{ type: "successfulUpdate", targetVersion: 1 }] }),
  },
  // Other words for the same: this version exports nothing that was called.
  "failed update": failedUpdates(1),
  "failed manual update": failedUpdates(2),
  // Golem never ended this update, nor ran anything for the worker again.
  "after that": { status: 200, body: expect.objectContaining({ updates: [missingVersion] }) },
  "an invocation after that (20 s limit)": {
    status: 200,
    body: { result: { typ: { type: "Tuple", items: [{ type: "Bool" }] }, value: [false] } },
  },
  "and after that": { status: 200, body: expect.objectContaining({ updates: [missingVersion] }) },
  // Golem could not read its own files by their keys; 1.2.5 can, and by their paths.
  "file contents": { status: 404, body: { error: expect.stringMatching(/^File not found: [0-9a-f]{64}$/) } },
  "file contents, unknown key": { status: 404, body: { error: "File not found: abc" } },
  "file contents by path": { status: 200, body: "bytes" },
  // 1.2.5 has these paths.
  search: {
    status: 400,
    body: expect.stringContaining('Expected input type "list_ComponentSearchParameters", found null.'),
  },
  "latest plugin installs": { status: 200, body: [] },
  "create: relative path in permissions": {
    status: 400,
    body: expect.stringContaining("Path must be absolute"),
  },
  "create: env part (1.2.5 has one)": { status: 200, body: expect.anything() },
  // Golem accepted these two as components.
  "create: empty name": { status: 400, body: { errors: [expect.stringContaining("must not be empty")] } },
  "create: a core module": {
    status: 400,
    body: { errors: [expect.stringContaining("core WebAssembly module")] },
  },
  "create: not a wasm": { status: 400, body: { errors: [expect.stringMatching(/^Parsing error: /)] } },
  "upload: not a wasm": { status: 400, body: { errors: [expect.stringMatching(/^Parsing error: /)] } },
  // Golem's database complained.
  "updates unknown": { status: 404, body: { error: "Component not found" } },
};
