import { PREAMBLE } from "@golem-kit/wit";

import { nameOf } from "./binary-section.ts";
import { CORE_SECTION, CoreSections } from "./core-sections.ts";

const FUNCTION = 0;

const START = "golem-kit:start";

/** Proposed functions of JavaScript promise integration, which the types do not have yet. */
const { promising } = WebAssembly as unknown as {
  readonly promising: (fn: () => void) => () => Promise<void>;
};

/**
 * The same core module, but its start function is exported instead of started. The engine runs a start function where
 * nothing can wait; some runtimes, such as Go's, ask the host for all sorts of things in theirs.
 */
export function exportStart(module: Uint8Array): Uint8Array {
  const sections = new CoreSections(module);
  const start = sections.get(CORE_SECTION.start);
  if (start === undefined) return module;
  sections.remove(CORE_SECTION.start);
  sections.append(CORE_SECTION.export, [...nameOf(START), FUNCTION, ...start]);
  return sections.write(module.subarray(0, PREAMBLE));
}

/** Runs the start function that {@link exportStart} has exported, if there is one. It may wait for the host. */
export async function runStart({ exports }: WebAssembly.Instance): Promise<void> {
  const start = exports[START];
  if (typeof start === "function") await promising(start as () => void)();
}
