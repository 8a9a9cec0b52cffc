import { inspect } from "node:util";
import type { ReplayReport } from "@golem-kit/host";

import type { ProgramSources } from "./program-sources.ts";

/** Characters of a value that are shown. */
const LONGEST_VALUE = 120;

/** Tells a person what is replayed, and how it ends. */
export class Reporter {
  readonly #write: (text: string) => void;
  readonly #sources: ProgramSources;

  constructor(write: (text: string) => void, sources: ProgramSources) {
    this.#write = write;
    this.#sources = sources;
  }

  line(text: string): void {
    this.#write(`${text}\n`);
  }

  waits(address: string): void {
    this.line(
      `Waiting for a debugger at ${address}\n` +
        `  VS Code: run "Debug: Attach to Node Process", or let "Debug a worker" of the Run view start this\n` +
        "  Chrome:  open chrome://inspect, and choose the target below Remote Target",
    );
  }

  /** An invocation, or a call of the host within it. @param index of its entry */
  entry(index: number, text: string): void {
    this.line(`${String(index).padStart(6)}  ${text}`);
  }

  invocation(index: number, functionName: string, params: readonly unknown[]): void {
    this.entry(index, `${functionName}(${params.map(short).join(", ")})`);
  }

  hostCall(index: number, call: string): void {
    this.entry(index, `  ${call}`);
  }

  /** Places of the bundle become those of the sources. */
  located(text: string): string {
    return this.#sources.locate(text);
  }

  /** What the program would do next, or what it does otherwise than recorded. @returns what a debugger shows */
  end(report: ReplayReport, next: string): string {
    const text = report.replays
      ? `All ${report.lastIndex} entries are replayed. ${next}`
      : `${report.message}\n${next}`;
    return this.located(text);
  }
}

/** A call as it would be written. */
export function describeCall(call: string, args: readonly unknown[]): string {
  return `${call}(${args.map(short).join(", ")})`;
}

/** A value in one line, shortened if it is long. */
export function short(value: unknown): string {
  const text = inspect(value, {
    depth: 4,
    compact: true,
    breakLength: Number.POSITIVE_INFINITY,
    maxArrayLength: 16,
    maxStringLength: 80,
  });
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}
