import type { Component } from "@golem-kit/host";
import {
  canonicalNames,
  type FunctionReference,
  NameError,
  parseFunctionName,
  printFunctionName,
  typeFromAnalysed,
  unknownName,
  type WitType,
} from "@golem-kit/wit";

/** A function that a component exports, with its types. */
export interface ExportedFunction {
  /** As Golem calls it: `shop:orders-exports/api.{place}`. */
  readonly name: string;
  readonly params: readonly ExportedParameter[];
  readonly result: WitType | undefined;
}

export interface ExportedParameter {
  readonly name: string;
  readonly type: WitType;
}

/** A function in the JSON of a component's metadata; Golem 1.2.0 has `results`, later versions `result`. */
interface FunctionJson {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly typ: unknown }[];
  readonly results?: readonly { readonly typ: unknown }[];
  readonly result?: { readonly typ: unknown } | null;
}

type ExportJson =
  | { readonly type: "Instance"; readonly name: string; readonly functions: readonly FunctionJson[] }
  | ({ readonly type: "Function" } & FunctionJson);

interface Candidate {
  /** The interface; null for a function of the world itself. */
  readonly owner: string | null;
  readonly json: FunctionJson;
}

/**
 * The function that a text means: its full name, or only the part in braces when a single interface has it.
 *
 * @throws NameError when it means none or several
 */
export function findFunction(component: Component, text: string): ExportedFunction {
  const parsed = parseFunctionName(text);
  const { function: reference } = parsed;
  const local = printFunctionName({ interface: null, function: reference });
  const owner = parsed.interface === null ? undefined : printFunctionName(parsed).split(".{")[0];
  const candidates = listFunctions(component).filter(
    (candidate) => owner === undefined || isCalled(candidate.owner, owner),
  );
  for (const canonical of canonicalNames(reference)) {
    const found = candidates.filter(({ json }) => json.name === canonical);
    const [first, second] = found;
    if (first === undefined) continue;
    if (second === undefined) return exportedFunction(first, reference);
    const names = found.map((candidate) => fullName(candidate.owner, local)).join(" or ");
    throw new NameError(
      `Several functions of ${component.componentName} are called "${text}": write ${names}.`,
    );
  }
  throw unknownName("function", local, {
    place: `in ${owner ?? component.componentName}`,
    known: candidates.map(({ json }) => printFunctionName(parseFunctionName(json.name))),
  });
}

function listFunctions(component: Component): readonly Candidate[] {
  const exports = component.metadata.exports as readonly ExportJson[];
  return exports.flatMap<Candidate>((item) =>
    item.type === "Instance"
      ? item.functions.map((json) => ({ owner: item.name, json }))
      : [{ owner: null, json: item }],
  );
}

/** The version may be left out. */
function isCalled(owner: string | null, name: string): boolean {
  return owner === name || owner?.split("@")[0] === name;
}

function exportedFunction({ owner, json }: Candidate, reference: FunctionReference): ExportedFunction {
  const isStatic = reference.kind === "method" && json.name.startsWith("[static]");
  const called: FunctionReference = isStatic ? { ...reference, kind: "static" } : reference;
  const result = json.result ?? json.results?.[0];
  const params = json.parameters.map(({ name, typ }) => ({ name, type: typeFromAnalysed(typ) }));
  return {
    name: fullName(owner, printFunctionName({ interface: null, function: called })),
    params: withoutResource(params, reference),
    result: result === undefined ? undefined : typeFromAnalysed(result.typ),
  };
}

/** `invoice("INV-1").amount` names the resource, which else is the first parameter. */
function withoutResource(
  params: readonly ExportedParameter[],
  reference: FunctionReference,
): readonly ExportedParameter[] {
  if (reference.kind === "function" || reference.arguments === null) return params;
  return reference.kind === "constructor" ? [] : params.slice(1);
}

function fullName(owner: string | null, local: string): string {
  return owner === null ? local : `${owner}.{${local}}`;
}
