import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { dirname, relative, resolve } from "node:path";
import { cwd } from "node:process";

/** A place in the bundle; both count from 1, as in a stack. */
export interface BundlePlace {
  readonly line: number;
  readonly column: number;
}

/** What the source map of a bundle tells. */
export class ProgramSources {
  readonly #trace: TraceMap;
  readonly #folder: string;
  readonly #url: string;

  /**
   * @param map as JSON
   * @param mapPath where it lies: its paths are relative to it
   * @param url of the bundle
   */
  constructor(map: string, mapPath: string, url: string) {
    this.#trace = new TraceMap(map);
    this.#folder = dirname(mapPath);
    this.#url = url;
  }

  /** Absolute paths of the sources, by their number in the map. */
  get files(): readonly string[] {
    return this.#trace.sources.map((source) => resolve(this.#folder, source ?? ""));
  }

  /** True for a file of the component itself: they lie beside the folder that it is built into. */
  isOwn(file: string): boolean {
    const path = relative(dirname(this.#folder), file);
    return !path.startsWith("..") && !/(^|[\\/])node_modules[\\/]/.test(path);
  }

  /** True for a place in a file of the component itself. */
  isOwnPlace({ line, column }: BundlePlace): boolean {
    const { source } = originalPositionFor(this.#trace, { line, column: column - 1 });
    return source !== null && this.isOwn(resolve(this.#folder, source));
  }

  /** The frames of a stack that are in files of the component itself, innermost first, those that wait for others included. */
  ownFrames(stack: string): readonly BundlePlace[] {
    const places = Array.from(stack.matchAll(this.#places), ([, line, column]) => ({
      line: Number(line),
      column: Number(column),
    }));
    return places.filter((place) => this.isOwnPlace(place));
  }

  /** A text whose places in the bundle are those in the files that a person wrote: `components/cart/src/main.ts:31:5`. */
  locate(text: string): string {
    return text.replace(this.#places, (place, line: string, column: string) => {
      const found = originalPositionFor(this.#trace, { line: Number(line), column: Number(column) - 1 });
      if (found.source === null) return place;
      const file = relative(cwd(), resolve(this.#folder, found.source));
      return `${file}:${found.line}:${found.column + 1}`;
    });
  }

  get #places(): RegExp {
    return new RegExp(`${RegExp.escape(this.#url)}:(\\d+):(\\d+)`, "g");
  }
}
