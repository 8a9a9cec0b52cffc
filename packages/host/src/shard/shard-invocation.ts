import { compileCheck, WitValueError, type WitType } from "@golem-kit/wit";

import type { WorkerId } from "../ground/api/worker-id.ts";
import type { Invocation, InvocationParams, InvocationResult } from "../ground/api/invocation.ts";
import type { ExportedFunction } from "../component/find-export.ts";
import { GolemError } from "../ground/golem-error.ts";
import { paramsFromJson, resultToJson } from "../component/invocation-values.ts";
import type { QueuedInvocation } from "../oplog/entry.ts";
import { assertOwned, withOwner } from "../ground/wit/handle-owner.ts";
import { valueFromWit, witFromValue, type WitValue } from "../ground/wit/wit-value.ts";

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
  const { params, idempotencyKey = crypto.randomUUID(), trace } = invocation;
  return {
    functionName: invocation.function,
    params: recordedParams(params, target, worker),
    idempotencyKey,
    ...(trace === undefined ? {} : { trace }),
  };
}

function recordedParams(
  params: InvocationParams,
  target: ExportedFunction,
  worker: WorkerId,
): readonly unknown[] {
  switch (params.form) {
    case "json":
      return paramsFromJson(target, params.params, worker);
    case "values":
      return checked(target, params.values);
    case "wit":
      return checked(
        target,
        params.values.map((value, at) => fromWit(target, at, value, worker)),
      );
  }
}

function fromWit(target: ExportedFunction, at: number, value: WitValue, worker: WorkerId): unknown {
  const type = target.params[at]?.type;
  try {
    assertOwned(value, worker);
    return type === undefined ? value : valueFromWit(type, value);
  } catch (error) {
    throw error instanceof TypeError
      ? invalid(`Parameter ${at} of ${target.function.name}: ${error.message}`)
      : error;
  }
}

/** A result in the form in which the parameters came. */
export function resultInForm(
  form: InvocationParams["form"],
  target: ExportedFunction,
  value: unknown,
  worker: WorkerId,
): InvocationResult {
  const { result } = target.function;
  switch (form) {
    case "json":
      return resultToJson(result, value, worker);
    case "values":
      return { form, value };
    case "wit": {
      const tuple: WitType = { kind: "tuple", items: result === null ? [] : [result] };
      return { form, value: withOwner(witFromValue(tuple, [value]), worker) };
    }
  }
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
