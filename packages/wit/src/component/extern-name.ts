import type { WitFunction } from "../model.ts";

const label = "[a-zA-Z][0-9a-zA-Z]*(?:-[0-9a-zA-Z]+)*";
const labelPattern = new RegExp(`^${label}$`);
const interfacePattern = new RegExp(`^${label}(?::${label}/${label}(?:@[0-9][0-9a-zA-Z.+-]*)?)?$`);
const constructorPattern = new RegExp(`^\\[constructor\\](${label})$`);
const memberPattern = new RegExp(`^\\[(method|static)\\](${label})\\.${label}$`);

/** Whether this is a kebab-case name, as a field, case, flag or parameter has. */
export function isLabel(name: string): boolean {
  return labelPattern.test(name);
}

/** Whether this is `ns:pkg/name`, `ns:pkg/name@version`, or the plain name of an interface written in a world. */
export function isInterfaceName(name: string): boolean {
  return interfacePattern.test(name);
}

/** What the canonical name of a function says of it; `null` when it is not one. */
export function describeFunctionName(name: string): Pick<WitFunction, "kind" | "resource"> | null {
  if (isLabel(name)) return { kind: "freestanding", resource: null };
  const constructed = constructorPattern.exec(name)?.[1];
  if (constructed !== undefined) return { kind: "constructor", resource: constructed };
  const [, kind, resource] = memberPattern.exec(name) ?? [];
  if (kind === undefined || resource === undefined) return null;
  return { kind: kind === "method" ? "method" : "static", resource };
}
