import { BuildError } from "../build-error.ts";
import type { GeneratedCode } from "../bundle/generated-code.ts";
import { mapStack } from "../bundle/map-stack.ts";
import type { TaskTimeout } from "./compile-threads.ts";
import { displayPath } from "../display-path.ts";

/**
 * That a program cannot be loaded, with the place in the user's source.
 *
 * @param output what the engine printed, which may be the program's own exception
 */
export function componentizeFailure(output: string, code: GeneratedCode, entry: string): BuildError {
  // What follows says the same once more, as promises that were rejected.
  const [told = ""] = output.split("\nAdditionally, some promises were rejected");
  const text = mapStack(told.replaceAll(/\n\n+/g, "\n"), code.map, code.mapPath);
  const [, file, line, column] = /([^\s@()]+\.[cm]?[jt]s):(\d+):(\d+)/.exec(text) ?? [];
  return new BuildError(
    "componentize",
    `the program fails while it is loaded into the component:\n${text.trim()}`,
    {
      file: file ?? displayPath(entry),
      line: line === undefined ? undefined : Number(line),
      column: column === undefined ? undefined : Number(column),
      hint: HINTS.find(([pattern]) => pattern.test(text))?.[1],
    },
  );
}

/** What to do about failures that have one cause. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /\bprocess is not defined/,
    "A component has no `process`. What a worker has of it is in @golem-kit/sdk/env, once a function is called.",
  ],
  [
    /can only be used during request handling/,
    "At module level there is no host to answer. Move it into the function that needs it.",
  ],
];

/** That loading a program does not come to an end. */
export function neverLoaded(entry: string, cause: TaskTimeout): BuildError {
  return new BuildError("componentize", `the program does not end loading: ${cause.message}`, {
    file: entry,
    hint: "A loop at module level, perhaps one that waits for time to pass: while a component is built there is none.",
    cause,
  });
}
