import type { WitPosition } from "./ast.ts";

/**
 * What kind of mistake a {@link WitError} reports.
 *
 * - `syntax`: the text is not WIT.
 * - `unknown-name`: a type, interface, world or package that does not exist where it is looked for.
 * - `duplicate-name`: a name that is already taken in its scope.
 * - `cycle`: a declaration that needs itself.
 * - `invalid-type`: types that do not fit together, e.g. `borrow` of something that is no resource.
 * - `unsupported`: valid WIT that Golem 1.2 has no counterpart for.
 */
export type WitErrorCode =
  | "syntax"
  | "unknown-name"
  | "duplicate-name"
  | "cycle"
  | "invalid-type"
  | "unsupported";

export interface WitErrorPlace {
  readonly file: string;
  /** Absent for a generated tree. */
  readonly at?: WitPosition | undefined;
  /** The offending part of the text. */
  readonly text: string;
  /** The known name that was probably meant. */
  readonly nearest?: string | undefined;
}

/** A mistake in WIT. The message begins with `file:line:column` and ends with the remedy, where there is one. */
export class WitError extends Error {
  override readonly name = "WitError";
  readonly code: WitErrorCode;
  readonly file: string;
  /** Counts from 1; 0 when the tree was not parsed from a text. */
  readonly line: number;
  /** Counts from 1, in UTF-16 units; 0 when the tree was not parsed from a text. */
  readonly column: number;
  /** The offending part of the text. */
  readonly text: string;
  /** The known name that was probably meant. */
  readonly nearest?: string;

  constructor(code: WitErrorCode, problem: string, place: WitErrorPlace) {
    const { file, at, text, nearest } = place;
    const where = at === undefined ? file : `${file}:${at.line}:${at.column}`;
    super(`${where}: ${problem}${nearest === undefined ? "" : `; did you mean \`${nearest}\`?`}`);
    this.code = code;
    this.file = file;
    this.line = at?.line ?? 0;
    this.column = at?.column ?? 0;
    this.text = text;
    if (nearest !== undefined) this.nearest = nearest;
  }
}
