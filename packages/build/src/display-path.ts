import { relative } from "node:path";

/** A path as messages show it: relative to the current directory when it lies below, so that a terminal can open it. */
export function displayPath(path: string): string {
  const shown = relative(process.cwd(), path);
  return shown === "" || shown.startsWith("..") ? path : shown;
}
