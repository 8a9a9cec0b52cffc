import type { AnalysedType, JsonTree, WitField, WitType } from "@golem-kit/wit";
import {
  WaveError,
  WitValueError,
  analysedType,
  jsonFromValue,
  typeFromAnalysed,
  valueFromJson,
  valueFromWave,
} from "@golem-kit/wit";
import type { WorkerId } from "../ground/api/worker-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import type { InvocationParams, InvocationResult } from "../ground/api/invocation.ts";
import type { ExportedFunction, IndexedResource } from "./find-export.ts";
import type { ResourceHandle } from "../engine/guest-instance.ts";
import { GolemError } from "../ground/golem-error.ts";

type JsonParams = Extract<InvocationParams, { form: "json" }>["params"];

/**
 * Golem's JSON parameters as JavaScript values. Parameters beyond those of the function are ignored, as Golem does, unless
 * they come with types.
 *
 * @param worker whose handles (`urn:worker:{component}/{worker}/{id}`) are accepted
 * @throws GolemError `InvalidRequest` in Golem's words
 */
export function paramsFromJson(target: ExportedFunction, given: JsonParams, worker: WorkerId): unknown[] {
  const { params } = target;
  const isTyped = given.some(({ typ }) => typ !== undefined && typ !== null);
  if (given.length < params.length || (isTyped && given.length > params.length)) {
    throw invalid(`Parameter type mismatch: expected ${params.length}, got ${given.length} parameters`);
  }
  const handle = (urn: string): ResourceHandle => handleFromUrn(urn, worker);
  return params.map((param, index) => {
    const { typ, value } = given[index] ?? { value: null };
    if (typ !== undefined && typ !== null) requireType(param, typ);
    try {
      return valueFromJson(param.type, value as JsonTree, { root: param.name, handle });
    } catch (error) {
      throw error instanceof WitValueError ? unexpectedValue(param, error) : error;
    }
  });
}

/** A function's result in Golem's JSON: always a tuple, which is empty for a function without result. */
export function resultToJson(
  type: WitType | null,
  value: unknown,
  worker: WorkerId,
): InvocationResult & { form: "json" } {
  if (type === null) return { form: "json", typ: { type: "Tuple", items: [] }, value: [] };
  return {
    form: "json",
    typ: { type: "Tuple", items: [analysedType(type)] },
    value: [valueToJson(type, value, worker)],
  };
}

/** One value in Golem's notation, with its type. As on Golem a `some(none)` is `null`: who reads it is not called with it. */
export function typedValue(
  type: WitType,
  value: unknown,
  worker: WorkerId,
): { typ: AnalysedType; value: JsonTree } {
  return { typ: analysedType(type), value: valueToJson(type, value, worker, "null") };
}

function valueToJson(
  type: WitType,
  value: unknown,
  worker: WorkerId,
  nestedNone: "refused" | "null" = "refused",
): JsonTree {
  try {
    return jsonFromValue(type, value, {
      handle: (resource) => handleToUrn(resource, worker),
      nestedNone,
    });
  } catch (error) {
    if (!(error instanceof WitValueError)) throw error;
    throw new GolemError({
      type: "RuntimeError",
      details: `The result cannot be written as JSON: ${error.message}`,
    });
  }
}

/**
 * The constructor's parameters, out of the name of an indexed resource.
 *
 * @throws GolemError `InvalidRequest`
 */
export function indexedParams({ arguments: given, constructedBy }: IndexedResource): unknown[] {
  const { params } = constructedBy;
  if (given.length !== params.length) {
    throw invalidResource(`Resource params count mismatch: expected ${params.length}, got ${given.length}`);
  }
  return params.map((param, index) => {
    try {
      return valueFromWave(param.type, given[index] ?? "");
    } catch (error) {
      throw error instanceof WaveError ? invalidResource(error.message) : error;
    }
  });
}

function invalidResource(reason: string): GolemError {
  return invalid(`Failed to parse resource constructor parameters: ${reason}`);
}

const HANDLE = /^urn:worker:(.+)\/(\d+)$/;

function handleFromUrn(urn: string, worker: WorkerId): ResourceHandle {
  const [, owner, id] = HANDLE.exec(urn) ?? [];
  if (owner !== workerIdText(worker)) {
    throw invalid("Value mismatch: in $ cannot resolve handle belonging to a different worker");
  }
  return { handle: Number(id) };
}

function handleToUrn(resource: object, worker: WorkerId): string {
  if (!("handle" in resource)) throw new Error("A resource without a handle cannot leave its worker");
  return `urn:worker:${workerIdText(worker)}/${String(resource.handle)}`;
}

function requireType(param: WitField, typ: unknown): void {
  let given: AnalysedType;
  try {
    given = analysedType(typeFromAnalysed(typ));
  } catch (error) {
    if (!(error instanceof WitValueError)) throw error;
    throw invalid(`Invalid type of parameter ${param.name}: ${error.message}`);
  }
  const expected = analysedType(param.type);
  if (shape(given) !== shape(expected)) {
    throw invalid(`Parameter type mismatch: in $ expected ${kindName(expected)}, got ${kindName(given)}`);
  }
}

/** A handle's ownership is the callee's business, and resource numbers differ from component to component. */
function shape(type: AnalysedType): string {
  return JSON.stringify(type, (key, value: unknown) =>
    key === "mode" || key === "resource_id" ? undefined : value,
  );
}

function kindName({ type }: AnalysedType): string {
  return { Str: "string", Chr: "char" }[type as string] ?? type.toLowerCase();
}

const INVALID_CHAR = "Invalid char value";

function unexpectedValue(param: WitField, { details }: WitValueError): GolemError {
  return details === INVALID_CHAR
    ? invalid(`Invalid parameter value for ${param.name}: ${details}`)
    : invalid(`Parameter ${param.name} has unexpected type: ${details}`);
}

function invalid(details: string): GolemError {
  return new GolemError({ type: "InvalidRequest", details });
}
