import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { applicationRoot } from "../golem-kit.ts";

interface Place {
  /** Counts from 1. */
  readonly line: number;
  /** From the root of the application. */
  readonly file: string;
}

/** Places in the sources of a component, and in its bundle. */
export class BundleMap {
  readonly #map: SourceMap;
  readonly #text: string;
  readonly #folder: string;
  readonly url: string;

  /** @param component its folder below `components` */
  constructor(component: string, name: string, root = applicationRoot) {
    this.#folder = join(root, "components", component, "dist");
    const program = join(this.#folder, `${name}.js`);
    this.url = pathToFileURL(program).href;
    this.#text = readFileSync(program, "utf8");
    this.#map = new SourceMap(JSON.parse(readFileSync(`${program}.map`, "utf8")));
    this.#root = root;
  }

  readonly #root: string;

  /** Where a breakpoint of that line goes; both count from 0. */
  breakpoint(file: string, line: number): { readonly lineNumber: number; readonly columnNumber: number } {
    for (const [lineNumber, text] of this.#text.split("\n").entries()) {
      for (let columnNumber = 0; columnNumber < text.length; columnNumber += 1) {
        const found = this.original({ lineNumber, columnNumber });
        if (found?.line === line && found.file === file) return { lineNumber, columnNumber };
      }
    }
    throw new Error(`Nothing of ${file}:${line} is in the bundle`);
  }

  original({ lineNumber, columnNumber }: { lineNumber: number; columnNumber: number }): Place | undefined {
    const entry = this.#map.findEntry(lineNumber, columnNumber);
    if (!("originalSource" in entry)) return undefined;
    const file = resolve(this.#folder, entry.originalSource).slice(this.#root.length + 1);
    return { file, line: entry.originalLine + 1 };
  }
}
