import { type Debugger, Session } from "node:inspector";
import { runInThisContext } from "node:vm";

import type { ProgramSources } from "./program-sources.ts";

/** Whatever it steps into is not this session's affair: only the debugger says where it steps. */
const EVERYTHING = ["."];

/** V8 tells at most so many places in one answer: a program of many packages has more. */
const MOST_AT_ONCE = 1000;

/** How many frames are looked through for one of the component. */
const DEEPEST_STACK = 200;

/** Pauses a program for the debugger that is attached, in the program's own sources. */
export class Pauses {
  readonly #session = new Session();
  readonly #sources: ProgramSources;
  readonly #url: string;
  #scriptId = "";
  #breakpoints: string[] = [];

  /** @param url of the bundle */
  constructor(sources: ProgramSources, url: string) {
    this.#sources = sources;
    this.#url = url;
    this.#session.connect();
    this.#session.on("Debugger.scriptParsed", ({ params }) => {
      if (params.url === this.#url) this.#scriptId = params.scriptId;
    });
    this.#session.on("Debugger.paused", () => this.#clear());
    this.#session.post("Debugger.enable");
    this.#session.post("Debugger.setBlackboxPatterns", { patterns: EVERYTHING });
  }

  /**
   * Pauses as soon as the function of the component goes on that made the call which is made now, or waits for it. Without
   * one, as soon as anything of the component's own sources runs.
   */
  soon(): void {
    const frames = this.#sources.ownFrames(currentStack());
    const starts = frames.map(({ line, column }) => ({ lineNumber: line - 1, columnNumber: column - 1 }));
    const locations =
      starts.length > 0
        ? starts.flatMap((start) => this.#locations(start, true))
        : this.#locations({ lineNumber: 0, columnNumber: 0 }, false);
    for (const location of locations) this.#pauseAt(location);
  }

  /**
   * Pauses here and now, whatever the debugger skips. The frames of the program are below.
   *
   * @param reason is what the debugger shows as the place
   */
  now(reason: string): void {
    const comment = reason.replaceAll("*/", "* /");
    const code = `/*\n${comment}\n\nThe program is in the frames below.\n*/\ndebugger;`;
    runInThisContext(code, { filename: "golem-kit:the-replay-is-over" });
  }

  /** Places of one function from `start` on, or of all of the component. */
  #locations(
    start: Omit<Debugger.Location, "scriptId">,
    restrictToFunction: boolean,
  ): readonly Debugger.BreakLocation[] {
    const found: Debugger.BreakLocation[] = [];
    for (let from = start, more = true; more;) {
      const page = this.#possible(from, restrictToFunction);
      found.push(...page);
      const last = page.at(-1);
      more = last !== undefined && page.length >= MOST_AT_ONCE;
      if (last !== undefined)
        from = { lineNumber: last.lineNumber, columnNumber: (last.columnNumber ?? 0) + 1 };
    }
    return found.filter(({ lineNumber, columnNumber = 0 }) =>
      this.#sources.isOwnPlace({ line: lineNumber + 1, column: columnNumber + 1 }),
    );
  }

  #possible(
    start: Omit<Debugger.Location, "scriptId">,
    restrictToFunction: boolean,
  ): readonly Debugger.BreakLocation[] {
    let found: readonly Debugger.BreakLocation[] = [];
    const scriptId = this.#scriptId;
    this.#session.post(
      "Debugger.getPossibleBreakpoints",
      { start: { scriptId, ...start }, restrictToFunction },
      (error, result) => {
        if (error === null) found = result.locations;
      },
    );
    return found;
  }

  #pauseAt(location: Debugger.Location): void {
    this.#session.post("Debugger.setBreakpoint", { location }, (error, result) => {
      if (error === null) this.#breakpoints.push(result.breakpointId);
    });
  }

  #clear(): void {
    for (const breakpointId of this.#breakpoints)
      this.#session.post("Debugger.removeBreakpoint", { breakpointId });
    this.#breakpoints = [];
  }
}

function currentStack(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = DEEPEST_STACK;
  const { stack = "" } = new Error("Where is the program?");
  Error.stackTraceLimit = stackTraceLimit;
  return stack;
}
