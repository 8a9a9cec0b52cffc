import { BuildError } from "../build-error.ts";
import type { GeneratedCode } from "../bundle/generated-code.ts";
import { mapStack } from "../bundle/map-stack.ts";
import { displayPath } from "../display-path.ts";

/** What componentize-js throws, which may be the program's own exception, with the place in the user's source. */
export function componentizeFailure(error: unknown, code: GeneratedCode, entry: string): BuildError {
  const message = error instanceof Error ? error.message : String(error);
  const text = mapStack(message, code.map, code.mapPath).replace(
    /^Failed to initialize component \([^)]*\):\n/,
    "",
  );
  const [, file, line, column] = /([^\s@()]+\.[cm]?[jt]s):(\d+):(\d+)/.exec(text) ?? [];
  return new BuildError(
    "componentize",
    `the program fails while it is loaded into the component:\n${text.trim()}`,
    {
      file: file ?? displayPath(entry),
      line: line === undefined ? undefined : Number(line),
      column: column === undefined ? undefined : Number(column),
      cause: error,
    },
  );
}
