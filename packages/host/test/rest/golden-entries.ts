import type { PublicOplogEntry } from "../../src/index.ts";

type Tree = unknown;

/** Fields whose values differ from one run to the next: times, ids and keys, and what is derived from them. */
const VOLATILE: ReadonlySet<string> = new Set([
  "timestamp",
  "start",
  "spanId",
  "parentId",
  "traceId",
  "idempotencyKey",
  "idempotency_key",
  "componentId",
  "workerId",
  "worker_id",
  "target_worker_id",
  "componentVersion",
  "componentSize",
  "initialTotalLinearMemorySize",
  "beginIndex",
  "index",
  "high-bits",
  "low-bits",
  "worker_name",
  "datetime",
  "function_name",
  "function_params",
  "traceparent",
  "request.remote_addr",
  "request.uri",
]);

/** Functions whose answers are of the moment; that they have the same type is compared. */
const OF_THE_MOMENT =
  /clock::(now|resolution)|random::|idempotency|get_environment|future_incoming_response::get|future-invoke-result|generate_unique|schedule_invocation|_container$/;

/** Of a future's states: an error type, which the recordings leave out, and what the function that was called returns. */
const OPEN_CASES: ReadonlySet<string> = new Set(["Failed", "Completed", "InternalError"]);

/** An entry as it is in both servers' oplogs, in the words of 1.2.5. */
export function comparableEntry(entry: PublicOplogEntry | Readonly<Record<string, unknown>>): unknown {
  const fields = withoutVolatile(camelCased(entry)) as Readonly<Record<string, Tree>>;
  const { functionName } = fields;
  const name = typeof functionName === "string" ? functionName : "";
  const request = fields["request"] as object | undefined;
  const response = fields["response"] as { readonly typ: Tree; readonly value: Tree } | undefined;
  return {
    ...fields,
    ...(name.endsWith("::cancel") && { request: { ...request, value: "of the moment" } }),
    ...(response !== undefined && {
      response: {
        typ: withoutErrorTypes(response.typ),
        value:
          OF_THE_MOMENT.test(name) || fields["type"] === "ExportedFunctionCompleted"
            ? "of the moment"
            : response.value,
      },
    }),
  };
}

/** Golem 1.2.0 wrote the fields of entries in snake case. The values of functions keep their names. */
function camelCased(tree: Tree): Tree {
  if (Array.isArray(tree)) return tree.map(camelCased);
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      key === "value" || key === "attributes" || key === "env" ? value : camelCased(value),
    ]),
  );
}

function withoutVolatile(tree: Tree): Tree {
  if (Array.isArray(tree))
    return VOLATILE.has(String(tree[0])) ? [tree[0], "volatile"] : tree.map(withoutVolatile);
  if (typeof tree !== "object" || tree === null) return tree;
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      VOLATILE.has(key) || ("name" in tree && tree.name === "function_params" && key === "typ")
        ? "volatile"
        : withoutVolatile(value),
    ]),
  );
}

/** The recordings leave Golem's own error types out. */
function withoutErrorTypes(typ: Tree): Tree {
  if (typeof typ !== "object" || typ === null || !("type" in typ)) return typ;
  if (typ.type === "Result" && "err" in typ) return { ...typ, err: "an error" };
  if (typ.type !== "Variant" || !("cases" in typ)) return typ;
  const cases = typ.cases as readonly { readonly name: string }[];
  return { ...typ, cases: cases.map((each) => (OPEN_CASES.has(each.name) ? each.name : each)) };
}
