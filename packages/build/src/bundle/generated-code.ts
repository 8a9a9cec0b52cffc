import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Node, Program } from "estree";
import { basename, dirname, resolve } from "node:path";
import { parseAst } from "rollup/parseAst";
import { displayPath } from "../display-path.ts";
import { childrenOf } from "./syntax.ts";

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

  /** Finds places of the bundle in a guest's stack trace: line and column. */
  get places(): RegExp {
    return new RegExp(`${basename(this.#path).replaceAll(".", "\\.")}:(\\d+):(\\d+)`, "g");
  }

  get mapPath(): string {
    return `${this.#path}.map`;
  }

  /** Where a node of the program comes from, or `undefined` for code that the bundler made up. */
  placeOf(node: object): SourcePlace | undefined {
    const offset = "start" in node && typeof node.start === "number" ? node.start : 0;
    const before = this.text.slice(0, offset);
    const line = before.split("\n").length;
    return this.placeAt(line, offset - before.lastIndexOf("\n"));
  }

  /** Where a place of the bundle comes from. Line and column count from 1, as in a stack trace of a guest. */
  placeAt(line: number, column: number): SourcePlace | undefined {
    const original = originalPositionFor(this.#trace, { line, column: column - 1 });
    if (original.source === null) return undefined;
    return {
      file: displayPath(resolve(dirname(this.#path), original.source)),
      line: original.line,
      column: original.column + 1,
    };
  }

  /** The innermost call, or access of a member, that is made at a place of the bundle. */
  callAt(line: number, column: number): Node | undefined {
    const lines = this.text.split("\n", line - 1);
    const offset = lines.reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    return innermost(this.program, offset);
  }

  /** The text of a node. */
  textOf(node: object): string {
    const { start, end } = node as { readonly start?: number; readonly end?: number };
    return this.text.slice(start ?? 0, end ?? 0);
  }
}

const ACCESSES: ReadonlySet<string> = new Set(["CallExpression", "NewExpression", "MemberExpression"]);

function innermost(node: Node, offset: number): Node | undefined {
  const { start = 0, end = 0 } = node as { readonly start?: number; readonly end?: number };
  if (offset < start || offset >= end) return undefined;
  const inner = childrenOf(node)
    .map((child) => innermost(child, offset))
    .find((found) => found !== undefined);
  // A method's name belongs to its call.
  const isCallee = inner !== undefined && "callee" in node && node.callee === inner;
  if (inner !== undefined && !isCallee) return inner;
  return ACCESSES.has(node.type) ? node : inner;
}
