import type { FunctionName, WitFunction, WitInterface, WitWorld } from "@golem-kit/wit";
import {
  FunctionNameError,
  canonicalNames,
  nearestName,
  parseFunctionName,
  printFunctionName,
} from "@golem-kit/wit";
import { GolemError } from "../ground/golem-error.ts";
import type { CallableExport } from "../engine/guest-instance.ts";
import { callerParams, dropFunctions } from "./exported-interface.ts";

/** The exported function that a call reaches. */
export interface ExportedFunction extends CallableExport {
  /** Set when the resource is named by its constructor's arguments instead of a handle. */
  readonly indexed: IndexedResource | null;
}

export interface IndexedResource {
  /** As they are written in the name: `"INV-3"`, with its quotes. */
  readonly arguments: readonly string[];
  readonly constructedBy: WitFunction;
  /** The same function as it is called with a handle. */
  readonly direct: ExportedFunction;
}

/**
 * Finds an exported function by its name in Golem's grammar.
 *
 * @throws GolemError `InvalidRequest` for a name that is none or that nothing exports, with the nearest known name
 */
export function findExport(world: WitWorld, functionName: string): ExportedFunction {
  const name = parsed(functionName);
  if (name.interface === null) {
    const item = world.exports.get(printFunctionName(name));
    if (item?.kind !== "function") throw unknownFunction(world, functionName);
    const { function: fn } = item;
    return { exportKey: null, function: fn, kind: fn.kind, resource: null, indexed: null, params: fn.params };
  }
  const exportKey = interfaceKey(name.interface);
  const item = world.exports.get(exportKey);
  if (item?.kind !== "interface") throw unknownFunction(world, functionName);
  const owner = item.interface;
  const fn = firstFunction(owner, canonicalNames(name.function));
  if (fn === undefined) throw unknownFunction(world, functionName);

  const given = name.function.kind === "function" ? null : name.function.arguments;
  const kind = name.function.kind === "drop" ? "drop" : fn.kind;
  const direct: ExportedFunction = {
    exportKey,
    function: fn,
    kind,
    resource: fn.resource,
    indexed: null,
    params: callerParams(owner, fn),
  };
  if (given === null) return direct;
  const constructedBy = owner.functions.get(`[constructor]${fn.resource}`);
  if (constructedBy === undefined || kind === "static") throw unknownFunction(world, functionName);
  const indexed = { arguments: given, constructedBy, direct };
  return { ...direct, indexed, params: kind === "constructor" ? [] : fn.params };
}

function parsed(functionName: string): FunctionName {
  try {
    return parseFunctionName(functionName);
  } catch (error) {
    if (!(error instanceof FunctionNameError)) throw error;
    throw new GolemError({ type: "InvalidRequest", details: error.message }, { cause: error });
  }
}

function interfaceKey({ package: owner, name, version }: NonNullable<FunctionName["interface"]>): string {
  const prefix = owner === null ? "" : `${owner.namespace}:${owner.name}/`;
  return `${prefix}${name}${version === null ? "" : `@${version}`}`;
}

function firstFunction(owner: WitInterface, names: readonly string[]): WitFunction | undefined {
  for (const name of names) {
    const fn = owner.functions.get(name) ?? dropFunctions(owner).find((drop) => drop.name === name);
    if (fn !== undefined) return fn;
  }
  return undefined;
}

function unknownFunction(world: WitWorld, functionName: string): GolemError {
  const nearest = nearestName(functionName, exportedNames(world));
  const hint = nearest === undefined ? "" : `. Did you mean ${nearest}?`;
  const details = `Can't find exported function in component (${functionName})${hint}`;
  return new GolemError({ type: "InvalidRequest", details });
}

/** Every exported function as callers write it. */
export function exportedNames(world: WitWorld): string[] {
  return [...world.exports].flatMap(([key, item]) => {
    if (item.kind === "function") return [key];
    const functions = [...item.interface.functions.values(), ...dropFunctions(item.interface)];
    return functions.map((fn) => printFunctionName(parseFunctionName(`${key}.{${fn.name}}`)));
  });
}
