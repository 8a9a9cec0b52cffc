import type { Component } from "@golem-kit/host";
import { typeFromAnalysed, waveFromValue, type WitType } from "@golem-kit/wit";

interface FunctionJson {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly typ: unknown }[];
}

type ExportJson =
  | { readonly type: "Instance"; readonly functions: readonly FunctionJson[] }
  | ({ readonly type: "Function" } & FunctionJson);

/** Where `golem-kit` looks for a server unless it is told another one. */
const USUAL_PORT = "9881";

/**
 * A command that calls a function of one of these components, and works: the simplest that there is.
 *
 * @param url where they are
 */
export function suggestion(components: readonly Component[], url: string): string | undefined {
  const calls = components.flatMap(({ componentName, metadata }) =>
    (metadata.exports as readonly ExportJson[])
      .flatMap((item) => (item.type === "Instance" ? item.functions : [item]))
      .filter(({ name }) => !name.startsWith("["))
      .flatMap((each) => commandOf(componentName, each) ?? []),
  );
  const [simplest] = calls.toSorted((a, b) => a.length - b.length);
  if (simplest === undefined) return undefined;
  return new URL(url).port === USUAL_PORT ? simplest : `${simplest} --url ${url}`;
}

function commandOf(component: string, { name, parameters }: FunctionJson): string | undefined {
  const values = parameters.map(({ typ }) => {
    const type = typeFromAnalysed(typ);
    const value = sample(type);
    return value === undefined ? undefined : waveFromValue(type, value);
  });
  if (values.includes(undefined)) return undefined;
  return [
    "npx golem-kit invoke",
    component,
    "first",
    name,
    ...values.map((value) => quoted(value ?? "")),
  ].join(" ");
}

/** A value of a type that is easily written; undefined for any other type. */
function sample(type: WitType): unknown {
  switch (type.kind) {
    case "string":
      return "hello";
    case "bool":
      return true;
    case "u8":
    case "u16":
    case "u32":
    case "s8":
    case "s16":
    case "s32":
    case "f32":
    case "f64":
      return 1;
    case "u64":
    case "s64":
      return 1n;
    default:
      return undefined;
  }
}

function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text}'`;
}
