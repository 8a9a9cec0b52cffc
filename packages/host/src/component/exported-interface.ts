import type {
  AnalysedType,
  WitField,
  WitFunction,
  WitInterface,
  WitResource,
  WitType,
  WitWorld,
} from "@golem-kit/wit";
import { analysedType } from "@golem-kit/wit";

interface AnalysedFunction {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly typ: AnalysedType }[];
  readonly results: readonly { readonly name: null; readonly typ: AnalysedType }[];
}

/** Golem's `metadata.exports`: instances of exported interfaces, and functions of the world itself. */
export type AnalysedExport =
  | { readonly type: "Instance"; readonly name: string; readonly functions: readonly AnalysedFunction[] }
  | ({ readonly type: "Function" } & AnalysedFunction);

/** The exports of a world in Golem's notation. Resources are numbered in order of appearance. */
export function analysedExports(world: WitWorld): AnalysedExport[] {
  const numbers = new Map<string, number>();
  const numberOf = ({ interface: id, name }: WitResource): number => {
    const key = `${id}#${name}`;
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  };
  const analyse = (type: WitType): AnalysedType => analysedType(type, numberOf);
  const analyseFunction = (
    name: string,
    params: readonly WitField[],
    result: WitType | null,
  ): AnalysedFunction => ({
    name,
    parameters: params.map((param) => ({ name: param.name, typ: analyse(param.type) })),
    results: result === null ? [] : [{ name: null, typ: analyse(result) }],
  });

  return [...world.exports].map(([key, item]): AnalysedExport => {
    if (item.kind === "function") {
      const { name, parameters, results } = analyseFunction(key, item.function.params, item.function.result);
      return { type: "Function", name, parameters, results };
    }
    const functions = [...item.interface.functions.values(), ...dropFunctions(item.interface)].map((fn) =>
      analyseFunction(fn.name, callerParams(item.interface, fn), fn.result),
    );
    return { type: "Instance", name: key, functions };
  });
}

/** Golem lets callers drop a resource through a function that no WIT file has: `[drop]invoice`. */
export function dropFunctions(owner: WitInterface): WitFunction[] {
  return owner.resources.map((resource) => ({
    name: `[drop]${resource}`,
    kind: "method",
    resource,
    params: [],
    result: null,
    docs: null,
  }));
}

/** The parameters as a caller passes them: those of methods and drops begin with the handle, `self`. */
export function callerParams(owner: WitInterface, fn: WitFunction): readonly WitField[] {
  if (fn.kind !== "method" || fn.resource === null) return fn.params;
  const type = owner.types.get(fn.resource);
  if (type === undefined || !("resource" in type))
    throw new Error(`${owner.id} has no resource ${fn.resource}`);
  const kind = fn.name.startsWith("[drop]") ? "own" : "borrow";
  return [{ name: "self", type: { kind, resource: type.resource } }, ...fn.params];
}
