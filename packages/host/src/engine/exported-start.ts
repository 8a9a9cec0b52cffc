import { BinaryReader, PREAMBLE, leb128 } from "@golem-kit/wit";

import { sectionOf } from "./binary-section.ts";

const EXPORT_SECTION = 7;
const START_SECTION = 8;
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
  const reader = new BinaryReader(module, PREAMBLE);
  const sections = Array.from(reader.sections());
  const start = sections.find(({ id }) => id === START_SECTION)?.content.u32();
  if (start === undefined) return module;

  const name = new TextEncoder().encode(START);
  const entry = [...leb128(name.length), ...name, FUNCTION, ...leb128(start)];
  const parts: Uint8Array[] = [module.subarray(0, PREAMBLE)];
  const hasExports = sections.some(({ id }) => id === EXPORT_SECTION);
  let from = PREAMBLE;
  for (const { id, content, end } of sections) {
    if (id === EXPORT_SECTION) {
      const count = content.u32();
      const others = module.subarray(content.position, end);
      parts.push(exportSection(count + 1, [others, Uint8Array.from(entry)]));
    } else if (id === START_SECTION) {
      if (!hasExports) parts.push(exportSection(1, [Uint8Array.from(entry)]));
    } else {
      parts.push(module.subarray(from, end));
    }
    from = end;
  }
  return Buffer.concat(parts);
}

/** Runs the start function that {@link exportStart} has exported, if there is one. It may wait for the host. */
export async function runStart({ exports }: WebAssembly.Instance): Promise<void> {
  const start = exports[START];
  if (typeof start === "function") await promising(start as () => void)();
}

function exportSection(count: number, entries: readonly Uint8Array[]): Uint8Array {
  return sectionOf(EXPORT_SECTION, Buffer.concat([Uint8Array.from(leb128(count)), ...entries]));
}
