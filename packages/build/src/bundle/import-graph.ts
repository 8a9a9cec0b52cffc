import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import type { Plugin } from "rollup";
import { displayPath } from "../display-path.ts";
import type { SourcePlace } from "./generated-code.ts";

/** Who imports what in a bundle: remembers how each import was written, so that a message can show the way to it. */
export class ImportGraph {
  readonly #entry: string;
  readonly #importers = new Map<string, { readonly from: string; readonly specifier: string }>();

  constructor(entry: string) {
    this.#entry = entry;
  }

  /** Observes all imports; leaves those of Node's built-in modules, unless a package has the name, for a check to find. */
  get plugin(): Plugin {
    const remember = this.#remember.bind(this);
    return {
      name: "import-graph",
      resolveId: {
        order: "pre",
        async handler(specifier, from, { attributes }) {
          if (from === undefined) return null;
          const found = await this.resolve(specifier, from, { attributes, skipSelf: true });
          remember(found?.id ?? specifier, specifier, from);
          if (found !== null || !isBuiltin(specifier)) return found;
          return { id: specifier, external: true, moduleSideEffects: !/[\\/]node_modules[\\/]/.test(from) };
        },
      },
    };
  }

  #remember(id: string, specifier: string, from: string): void {
    if (!this.#importers.has(id)) this.#importers.set(id, { from, specifier });
  }

  /** Where an import was written, the first time. */
  placeOf(id: string): SourcePlace | undefined {
    const importer = this.#importers.get(id);
    return importer === undefined ? undefined : specifierPlace(importer.from, importer.specifier);
  }

  /** The file that imports something, the first that does. */
  importerOf(id: string): string | undefined {
    return this.#importers.get(id)?.from;
  }

  /** How an import was written, the first time. */
  specifierOf(id: string): string {
    return this.#importers.get(id)?.specifier ?? id;
  }

  /** The files that lead from the entry to an import, and the import itself: `src/main.ts → src/a.ts → node:fs`. */
  chain(id: string): readonly string[] {
    const files: string[] = [];
    let file = this.#importers.get(id)?.from;
    while (file !== undefined && !files.includes(displayPath(file))) {
      files.unshift(displayPath(file));
      file = file === this.#entry ? undefined : this.#importers.get(file)?.from;
    }
    return [...files, this.specifierOf(id)];
  }
}

function specifierPlace(file: string, specifier: string): SourcePlace | undefined {
  const text = readFileSync(file, "utf8");
  const offset = [`"${specifier}"`, `'${specifier}'`]
    .map((quoted) => text.indexOf(quoted))
    .find((index) => index >= 0);
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset).split("\n");
  return { file: displayPath(file), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
