import type { FunctionLookup } from "./function-lookup.ts";
import { withoutVersion } from "../ground/wit/interface-name.ts";
import { isCompatible, type WitWorld } from "@golem-kit/wit";

/** What this host can be asked for, by the name of the package; any compatible version means the same. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  "golem:api": ["1.1.6", "0.2.0"],
  "golem:durability": ["1.2.0"],
  "golem:rdbms": ["0.0.1"],
  "golem:rpc": ["0.2.0", "0.1.0"],
  "wasi:keyvalue": ["0.1.0"],
};

/** The version of every `wasi` package that has one and is not named above. */
const WASI = ["0.2.0"];

/**
 * Why a component cannot be instantiated: an import that nothing implements, in the words of Golem's linker.
 * Interfaces of types need no implementation.
 *
 * @param isKnown whether the host, or another component by RPC, offers an interface at all
 */
export function unsatisfiedImport(
  world: WitWorld,
  lookup: FunctionLookup,
  isKnown: (interfaceId: string) => boolean,
): string | undefined {
  for (const [key, item] of world.imports) {
    if (item.kind === "function")
      return `component imports function \`${key}\`, but a matching implementation was not found in the linker`;
    const { id, functions, resources } = item.interface;
    if (functions.size === 0 && resources.length === 0) continue;
    const notFound = `component imports instance \`${id}\`, but a matching implementation was not found in the linker`;
    if (!isKnown(id) || !isOffered(id)) return notFound;
    for (const name of functions.keys())
      if (lookup(id, name) === undefined)
        return `${notFound}: instance export \`${name}\` has the wrong type: function implementation is missing`;
  }
  return undefined;
}

function isOffered(interfaceId: string): boolean {
  const version = interfaceId.slice(withoutVersion(interfaceId).length + 1);
  if (version === "") return true;
  const name = interfaceId.slice(0, interfaceId.indexOf("/"));
  const offers = VERSIONS[name] ?? (name.startsWith("wasi:") ? WASI : undefined);
  return (
    offers === undefined || offers.some((each) => isCompatible(each, version) || isCompatible(version, each))
  );
}
