import type { OplogEntry } from "./entry.ts";
import type { Oplog } from "./oplog.ts";

const CONTEXT = 3;

/**
 * On replay the component did something else than its oplog records: it is another program, or it depends on
 * something that is not journalled. The message names the index, the expected and the found call, and the entries around.
 */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError" as const;
  readonly index: number;
  readonly expected: string;
  readonly found: string;

  constructor(oplog: Oplog, index: number, expected: string, found: OplogEntry) {
    const foundText = summary(found);
    super(
      `Replay diverged at oplog index ${index}: the component does ${expected}, but the oplog has ${foundText}.\n` +
        surroundings(oplog, index),
    );
    this.index = index;
    this.expected = expected;
    this.found = foundText;
  }
}

/** The entries around one, a line each. */
export function surroundings(oplog: Oplog, index: number): string {
  const lines: string[] = [];
  for (const [at, entry] of oplog.entries(Math.max(1, index - CONTEXT))) {
    if (at > index + CONTEXT) break;
    lines.push(`${at === index ? ">" : " "} ${at} ${summary(entry)}`);
  }
  return lines.join("\n");
}

/** One line about an entry, without its values. */
export function summary(entry: OplogEntry): string {
  switch (entry.type) {
    case "ImportedFunctionInvoked":
    case "ExportedFunctionInvoked":
      return `${entry.type} ${entry.functionName}`;
    case "Log":
      return `Log ${entry.level}`;
    case "EndAtomicRegion":
    case "EndRemoteWrite":
      return `${entry.type} of ${entry.beginIndex}`;
    default:
      return entry.type;
  }
}
