import { isCompatible, parseWitId, type WitWorld } from "@golem-kit/wit";
import type { Plugin } from "rollup";

/**
 * Leaves WIT imports in the bundle, spelt as the world spells them: `golem:api/host` and `golem:api/host@1.1.0` become
 * `golem:api/host@1.1.6`. What the world does not import stays as written, for a check to find.
 */
export function witImports(world: WitWorld, onWarning: (message: string) => void): Plugin {
  return {
    name: "wit-imports",
    resolveId: {
      order: "pre",
      handler(specifier) {
        if (parseWitId(specifier) === undefined && !world.imports.has(specifier)) return null;
        const id = worldSpelling(specifier, world);
        if (id !== undefined && isSuperseded(specifier)) {
          onWarning(
            `"${specifier}" is not there in Golem 1.2: the import gets "${id}". Write that, or "${withoutVersion(id)}".`,
          );
        }
        return { id: id ?? specifier, external: true, moduleSideEffects: false };
      },
    },
  };
}

/** The extern name of a world that an import means, at whatever compatible version. */
function worldSpelling(specifier: string, world: WitWorld): string | undefined {
  if (world.imports.has(specifier)) return specifier;
  return [...world.imports.keys()].find((id) => isSpellingOf(specifier, id));
}

/** Whether a specifier means an interface: the version may be left out, compatible, or one that Golem's pages still name. */
export function isSpellingOf(specifier: string, id: string): boolean {
  const wanted = parseWitId(specifier);
  const offered = parseWitId(id);
  if (wanted === undefined || offered === undefined) return specifier === id;
  if (wanted.package !== offered.package || wanted.name !== offered.name) return false;
  return (
    isSuperseded(specifier) ||
    isCompatible(wanted.version, offered.version) ||
    isCompatible(offered.version, wanted.version)
  );
}

/** Golem's JavaScript pages name `golem:api/host@0.2.0`; since 1.1 its functions are in version 1. */
function isSuperseded(specifier: string): boolean {
  return /^golem:api\/.*@0\.2\./.test(specifier);
}

function withoutVersion(id: string): string {
  return id.replace(/@.*$/, "");
}
