import type { OplogPage } from "@golem-kit/host";

/** A line of a worker's log. */
export interface LogLine {
  /** `Trace`, `Debug`, `Info`, `Warn`, `Error`, `Critical`, `Stdout`, `Stderr` */
  readonly level: string;
  readonly context: string;
  readonly message: string;
}

/**
 * What a worker has logged, and the lines that it has written to its standard output and error, in the order in which they
 * begin: a line may have been written in pieces, and a piece may have several lines.
 */
export function logLines(entries: OplogPage["entries"]): readonly LogLine[] {
  const lines: { level: string; context: string; message: string }[] = [];
  const unfinished = new Map<string, (typeof lines)[number]>();
  for (const { entry } of entries) {
    if (entry.type !== "Log") continue;
    const level = String(entry["level"]);
    const context = String(entry["context"]);
    const message = String(entry["message"]);
    if (level !== "Stdout" && level !== "Stderr") {
      lines.push({ level, context, message });
      continue;
    }
    const pieces = message.split("\n");
    for (const [at, piece] of pieces.entries()) {
      const isLast = at === pieces.length - 1;
      // What comes after the end of a line begins no line yet.
      if (isLast && piece === "") break;
      const line = unfinished.get(level) ?? { level, context, message: "" };
      if (!unfinished.has(level)) lines.push(line);
      line.message += piece;
      if (isLast) unfinished.set(level, line);
      else unfinished.delete(level);
    }
  }
  return lines;
}
