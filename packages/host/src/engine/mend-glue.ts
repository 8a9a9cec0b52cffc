import { withWaitingDestructors } from "./waiting-destructors.ts";

/** `    constructor(arg0) {`: cannot be `async`; it returns the promise of an async function instead. */
const CONSTRUCTOR = /^(?<indent> *)constructor\((?<params>.*)\) \{$/;

/** `  Invoice.total = function total(arg0) {`: a static function that lacks its `async`. */
const STATIC = /^(?<indent> *)(?<target>[\w$]+\.[\w$]+) = function (?<rest>.*\{)$/;

/** The glue asks the environment about debugging thousands of times a second. */
const DEBUG_QUESTION = "if (!globalThis?.process?.env?.JCO_DEBUG) { return; }";

/** What a waiting import does after it failed: the promise never settles, and neither would the guest's call. */
const LOST_FAILURE = /^( *)return task\.completionPromise\(\);$/gm;

/** What an import that may wait does where no function was called: while the component is instantiated, which may wait too. */
const NO_CALL = /^( *if \(!saved && !mayBlock\) \{\n *)throw new \w+\('cannot block [^']*'\);$/m;

/** The tables of handles: whoever instantiates can have them too. */
const HANDLE_TABLES = "const HANDLE_TABLES= [];";
const VISIBLE_HANDLE_TABLES = "const HANDLE_TABLES= instantiateCore.handleTables ?? [];";

/** A table of the handles of the host's resources: what they stand for is beside it. */
const HANDLE_TABLE = /^( *let captureCnt(\d+)= 0;\s*HANDLE_TABLES\[\2\] = handleTable\2;)$/gm;
const WITH_CAPTURES =
  "$1 handleTable$2.captures = captureTable$2; handleTable$2.count = (set) => (set === undefined ? captureCnt$2 : (captureCnt$2 = set));";

/** How the glue knows handles that are in no table: not those beyond its end, nor those that count round to others. */
const UNKNOWN_HANDLE = "if (val === 0 || (scope & T_FLAG) !== 0) {";
const UNKNOWN_OR_OUTSIDE = "if (!val || handle >>> 30 !== 0 || (scope & T_FLAG) !== 0) {";

/**
 * Mends what jco's glue gets wrong about exported resources: constructors and static functions that use `await` without
 * being async, which is not even valid JavaScript. Both give promises then, so that they may wait like any function.
 * Failures of imports that wait reach the guest's caller, and imports may wait while a component is instantiated. Destructors may wait where a guest drops a resource of its own or
 * of a component that it is composed with. One that drops a handle which it never had is stopped. The tables of handles can be
 * read and written from outside. And the debugging output is taken out.
 */
export function mendGlue(glue: string): string {
  const lines = withWaitingDestructors(glue)
    .replace(DEBUG_QUESTION, "return;")
    .replace(LOST_FAILURE, "$1throw err;")
    .replace(NO_CALL, "$1return fn.apply(null, args);")
    .replace(UNKNOWN_HANDLE, UNKNOWN_OR_OUTSIDE)
    .replace(HANDLE_TABLES, VISIBLE_HANDLE_TABLES)
    .replace(HANDLE_TABLE, WITH_CAPTURES)
    .split("\n");
  for (const [at, line] of lines.entries()) {
    const constructor = CONSTRUCTOR.exec(line)?.groups;
    if (constructor !== undefined) {
      const end = awaitingBlock(lines, at, `${constructor["indent"]}}`);
      if (end === undefined) continue;
      lines[at] = `${constructor["indent"]}constructor(${constructor["params"]}) { return (async () => {`;
      lines[end] = `${constructor["indent"]}})(); }`;
      continue;
    }
    const fn = STATIC.exec(line)?.groups;
    if (fn === undefined || awaitingBlock(lines, at, `${fn["indent"]}};`) === undefined) continue;
    lines[at] = `${fn["indent"]}${fn["target"]} = async function ${fn["rest"]}`;
  }
  return lines.join("\n");
}

/** The line that ends the block beginning at `start`, if the block awaits something. */
function awaitingBlock(lines: readonly string[], start: number, end: string): number | undefined {
  let awaits = false;
  for (let at = start + 1; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (line === end) return awaits ? at : undefined;
    awaits ||= /\bawait\b/.test(line);
  }
  return undefined;
}
