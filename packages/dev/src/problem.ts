import { codeFrameColumns } from "@babel/code-frame";
import { readFile } from "node:fs/promises";

/** Something that a person can put right, with the place where. */
export interface Problem {
  readonly message: string;
  readonly file?: string;
  /** Counts from 1. */
  readonly line?: number;
  /** Counts from 1. */
  readonly column?: number;
  /** The lines around it. */
  readonly frame?: string;
}

/** An error as a problem, with the lines around its place, as far as it has one. */
export async function problemOf(error: unknown): Promise<Problem> {
  const message = error instanceof Error ? error.message : String(error);
  const { file, line, column } = placeOf(error);
  if (file === undefined) return { message };
  return { message, file, ...(await framed(file, line, column)) };
}

/** The lines around a place of a file, if it can be read. @param column counts from 1 */
export async function framed(
  file: string,
  line: number | undefined,
  column: number | undefined,
): Promise<Pick<Problem, "line" | "column" | "frame">> {
  if (line === undefined) return {};
  const place = { line, ...(column !== undefined && { column }) };
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return place;
  // The frame's columns count from 0; without one it marks the line alone.
  const start = { line, column: (column ?? 0) - 1 };
  return { ...place, frame: codeFrameColumns(text, { start }, { linesAbove: 2, linesBelow: 2 }) };
}

interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Of an error of the build or of WIT; others have none. */
function placeOf(error: unknown): Place {
  if (typeof error !== "object" || error === null) return {};
  const { file, line, column, position } = error as Place & { readonly position?: Place };
  return {
    ...(typeof file === "string" && { file }),
    ...numbers({ line: line ?? position?.line, column: column ?? position?.column }),
  };
}

function numbers({ line, column }: { readonly line: unknown; readonly column: unknown }): Place {
  return { ...(typeof line === "number" && { line }), ...(typeof column === "number" && { column }) };
}
