import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Plugin } from "rollup";

const SUFFIX = "?text";

/** `import page from "./page.md" with { type: "text" };` gives the text of the file, as UTF-8. */
export const textImports: Plugin = {
  name: "text-imports",
  resolveId: {
    order: "pre",
    async handler(specifier, from, { attributes }) {
      if (attributes["type"] !== "text" || from === undefined) return null;
      const found = await this.resolve(specifier, from, { skipSelf: true });
      return `${found?.id ?? resolve(dirname(from), specifier)}${SUFFIX}`;
    },
  },
  async load(id) {
    if (!id.endsWith(SUFFIX)) return null;
    const path = id.slice(0, -SUFFIX.length);
    this.addWatchFile(path);
    return `export default ${JSON.stringify(await readFile(path, "utf8"))};`;
  },
};
