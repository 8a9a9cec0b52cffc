import { compileCheck, WitValueError } from "@golem-kit/wit";

import type { Invocation, InvocationParams, InvocationResult, WorkerId } from "../api.ts";
import type { ExportedFunction } from "../component/find-export.ts";
import { GolemError } from "../golem-error.ts";
import { paramsFromJson, resultToJson } from "../invocation-values.ts";
import type { QueuedInvocation } from "../oplog/entry.ts";

/**
 * An invocation with its parameters checked and in the form in which they are recorded.
 *
 * @throws GolemError `InvalidRequest` if they do not fit the function
 */
export function queuedInvocation(
  invocation: Invocation,
  target: ExportedFunction,
  worker: WorkerId,
): QueuedInvocation {
  const { params, idempotencyKey = crypto.randomUUID() } = invocation;
  const values =
    params.form === "json" ? paramsFromJson(target, params.params, worker) : checked(target, params.values);
  return { functionName: invocation.function, params: values, idempotencyKey };
}

/** A result in the form in which the parameters came. */
export function resultInForm(
  form: InvocationParams["form"],
  target: ExportedFunction,
  value: unknown,
  worker: WorkerId,
): InvocationResult {
  return form === "json" ? resultToJson(target.function.result, value, worker) : { form: "values", value };
}

const checks = new WeakMap<ExportedFunction, readonly ((value: unknown) => void)[]>();

function checked(target: ExportedFunction, values: readonly unknown[]): readonly unknown[] {
  if (values.length !== target.params.length) {
    throw invalid(
      `${target.function.name} takes ${target.params.length} parameters, ${values.length} were given`,
    );
  }
  let compiled = checks.get(target);
  if (compiled === undefined) {
    compiled = target.params.map((param) => compileCheck(param.type, param.name));
    checks.set(target, compiled);
  }
  try {
    for (const [at, check] of compiled.entries()) check(values[at]);
  } catch (error) {
    throw error instanceof WitValueError ? invalid(error.message) : error;
  }
  return values;
}

function invalid(details: string): GolemError {
  return new GolemError({ type: "InvalidRequest", details });
}
