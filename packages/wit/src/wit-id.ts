import type { WitPackageName } from "./ast.ts";

/** The parts of `wasi:io/poll@0.2.0`. */
export interface WitId {
  /** `wasi:io` */
  readonly package: string;
  /** `poll` */
  readonly name: string;
  readonly version: string | undefined;
}

/** The parts of an identifier such as `wasi:io/poll@0.2.0`; `undefined` for a plain name. */
export function parseWitId(id: string): WitId | undefined {
  const [path = "", version] = id.split("@", 2);
  const slash = path.lastIndexOf("/");
  if (slash < 0 || !path.includes(":")) return undefined;
  return { package: path.slice(0, slash), name: path.slice(slash + 1), version };
}

/** The reverse of {@link parseWitId}. */
export function printWitId(id: WitId): string {
  return `${id.package}/${id.name}${id.version === undefined ? "" : `@${id.version}`}`;
}

/** `wasi:io@0.2.0`: the identifier of a package. */
export function packageId({ namespace, name, version }: WitPackageName): string {
  return `${namespace}:${name}${version === undefined ? "" : `@${version}`}`;
}
