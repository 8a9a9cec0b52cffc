import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Program } from "estree";
import { dirname, resolve } from "node:path";
import { parseAst } from "rollup/parseAst";
import { displayPath } from "../display-path.ts";

/** A place in a source file; line and column count from 1. */
export interface SourcePlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The bundle: its text, its syntax tree, and the way back to the files that a person wrote. */
export class GeneratedCode {
  readonly text: string;
  /** Source map, as JSON. */
  readonly map: string;
  readonly program: Program;
  readonly #trace: TraceMap;
  readonly #path: string;

  /** @param path the bundle's own place: the source map's paths are relative to it */
  constructor(text: string, map: string, path: string) {
    this.text = text;
    this.map = map;
    this.program = parseAst(text);
    this.#trace = new TraceMap(map);
    this.#path = path;
  }

  get mapPath(): string {
    return `${this.#path}.map`;
  }

  /** Where a node of the program comes from, or `undefined` for code that the bundler made up. */
  placeOf(node: object): SourcePlace | undefined {
    const offset = "start" in node && typeof node.start === "number" ? node.start : 0;
    const before = this.text.slice(0, offset);
    const line = before.split("\n").length;
    const column = offset - (before.lastIndexOf("\n") + 1);
    const original = originalPositionFor(this.#trace, { line, column });
    if (original.source === null) return undefined;
    return {
      file: displayPath(resolve(dirname(this.#path), original.source)),
      line: original.line,
      column: original.column + 1,
    };
  }

  /** The text of a node. */
  textOf(node: object): string {
    const { start, end } = node as { readonly start?: number; readonly end?: number };
    return this.text.slice(start ?? 0, end ?? 0);
  }
}
