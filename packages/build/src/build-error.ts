/**
 * What kind of mistake a {@link BuildError} reports.
 *
 * - `manifest`: a `golem.yaml` that is wrong.
 * - `syntax`: source that does not parse, or an import that leads nowhere.
 * - `missing-export`, `wrong-arity`: the program does not offer what its world exports.
 * - `node-builtin`: an import of a module that only Node has.
 * - `missing-import`: an import of a WIT interface that the world does not name.
 * - `frozen-value`: code that would run only once, while the component is built.
 * - `componentize`: the component compiler refused the program.
 * - `not-found`: a file or component that should be there.
 * - `not-written`: a file of the build that cannot be written.
 */
export type BuildErrorCode =
  | "manifest"
  | "syntax"
  | "missing-export"
  | "wrong-arity"
  | "node-builtin"
  | "missing-import"
  | "frozen-value"
  | "componentize"
  | "not-found"
  | "not-written";

export interface BuildErrorPlace {
  readonly file?: string | undefined;
  /** Counts from 1. */
  readonly line?: number | undefined;
  /** Counts from 1. */
  readonly column?: number | undefined;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A build that cannot go on. The message begins with `file:line:column` where there is one, and ends with the remedy. */
export class BuildError extends Error {
  override readonly name: string = "BuildError";
  readonly code: BuildErrorCode;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly hint?: string;

  constructor(
    code: BuildErrorCode,
    problem: string,
    { file, line, column, hint, cause }: BuildErrorPlace = {},
  ) {
    const where = [file, line, column].filter((part) => part !== undefined).join(":");
    const message = `${where === "" ? "" : `${where}: `}${problem}${hint === undefined ? "" : `\n  ${hint}`}`;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    if (file !== undefined) this.file = file;
    if (line !== undefined) this.line = line;
    if (column !== undefined) this.column = column;
    if (hint !== undefined) this.hint = hint;
  }
}
