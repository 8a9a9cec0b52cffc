import { createPathsMatcher, getTsconfig, type TsConfigResult } from "get-tsconfig";
import type { Plugin } from "rollup";
import { isOfPackage } from "./absent-modules.ts";

/** What `tsconfig.json` says of how a component's sources are to be understood; the one that is next to them, or above. */
export class ProjectSettings {
  readonly #found: TsConfigResult | null;

  /** @param entry the program's main file */
  constructor(entry: string) {
    this.#found = getTsconfig(entry);
  }

  /** Of these esbuild needs to know: decorators are of two kinds, which nothing else tells apart. */
  get compilerOptions(): Readonly<Record<string, boolean>> {
    const { experimentalDecorators, useDefineForClassFields } = this.#found?.config.compilerOptions ?? {};
    return {
      ...(experimentalDecorators !== undefined && { experimentalDecorators }),
      ...(useDefineForClassFields !== undefined && { useDefineForClassFields }),
    };
  }

  /** Finds imports by `paths`, and has the bundle depend on the file that has them. */
  get plugin(): Plugin {
    const found = this.#found;
    const matches = found === null ? null : createPathsMatcher(found);
    return {
      name: "project-settings",
      buildStart() {
        if (found !== null) this.addWatchFile(found.path);
      },
      async resolveId(specifier, from, { attributes }) {
        if (matches === null || from === undefined || isOfPackage(from)) return null;
        for (const path of matches(specifier)) {
          const resolved = await this.resolve(path, from, { attributes, skipSelf: true });
          if (resolved !== null) return resolved;
        }
        return null;
      },
    };
  }
}
