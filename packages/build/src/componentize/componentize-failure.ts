import { BuildError } from "../build-error.ts";
import type { GeneratedCode } from "../bundle/generated-code.ts";
import { mapStack } from "../bundle/map-stack.ts";
import { displayPath } from "../display-path.ts";

/**
 * That a program cannot be loaded, with the place in the user's source.
 *
 * @param output what the engine printed, which may be the program's own exception
 */
export function componentizeFailure(output: string, code: GeneratedCode, entry: string): BuildError {
  const text = mapStack(output, code.map, code.mapPath);
  const [, file, line, column] = /([^\s@()]+\.[cm]?[jt]s):(\d+):(\d+)/.exec(text) ?? [];
  return new BuildError(
    "componentize",
    `the program fails while it is loaded into the component:\n${text.trim()}`,
    {
      file: file ?? displayPath(entry),
      line: line === undefined ? undefined : Number(line),
      column: column === undefined ? undefined : Number(column),
    },
  );
}
