import type { WitPath } from "./ast.ts";
import { WitError } from "./wit-error.ts";

/** Which packages refer to which others. They may not form a circle, although their interfaces would not. */
export class PackageDependencies {
  readonly #references = new Map<string, Set<string>>();

  /** @throws WitError `cycle` when `to` is or depends on the package of the source that refers to it. */
  add(
    source: { readonly file: string; readonly package: { readonly id: string } },
    to: string,
    path: WitPath,
  ): void {
    const from = source.package.id;
    const references = this.#references.get(from) ?? new Set();
    this.#references.set(from, references);
    if (references.has(to)) return;
    const circle = this.#chain(to, from);
    if (circle !== undefined) {
      const problem =
        to === from
          ? `\`${from}\` is the package of this file: write \`${path.name}\` alone`
          : `packages depend on each other in a circle: \`${[from, ...circle].join("` → `")}\``;
      throw new WitError("cycle", problem, { file: source.file, at: path.at, text: to });
    }
    references.add(to);
  }

  /** The packages on a way from one to another, both included. */
  #chain(from: string, to: string): readonly string[] | undefined {
    if (from === to) return [from];
    for (const next of this.#references.get(from) ?? []) {
      const rest = this.#chain(next, to);
      if (rest !== undefined) return [from, ...rest];
    }
    return undefined;
  }
}
