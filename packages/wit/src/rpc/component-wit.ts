import { WitError } from "../wit-error.ts";
import { type ExtractedPackage, extractExports } from "./extract-exports.ts";
import { readMainPackage } from "./main-package.ts";
import { type PackageFolder, readPackageFolders } from "./package-folders.ts";
import type { RpcComponent } from "./rpc-input.ts";

/** The WIT of a component, read and split. */
export interface ComponentWit {
  readonly package: ExtractedPackage;
  /** The packages under its own `deps/`. */
  readonly deps: readonly PackageFolder[];
}

/** Whether the WIT of a component can be parsed, and its exports be told from the rest. */
export function canBeRead(component: RpcComponent): boolean {
  try {
    readComponentWit(component);
    return true;
  } catch (error) {
    if (error instanceof WitError) return false;
    throw error;
  }
}

/** @throws WitError */
export function readComponentWit(component: RpcComponent): ComponentWit {
  const { name, wit, folder = name } = component;
  const prefix = "deps/";
  const deps = new Map<string, string>();
  for (const [path, text] of wit) if (path.startsWith(prefix)) deps.set(path.slice(prefix.length), text);
  return {
    package: extractExports(readMainPackage(component)),
    deps: readPackageFolders(deps, `${folder}/deps`),
  };
}
