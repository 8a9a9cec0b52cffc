/** `    constructor(arg0) {`: cannot be `async`; it returns the promise of an async function instead. */
const CONSTRUCTOR = /^(?<indent> *)constructor\((?<params>.*)\) \{$/;

/** `  Invoice.total = function total(arg0) {`: a static function that lacks its `async`. */
const STATIC = /^(?<indent> *)(?<target>[\w$]+\.[\w$]+) = function (?<rest>.*\{)$/;

/** The glue asks the environment about debugging thousands of times a second. */
const DEBUG_QUESTION = "if (!globalThis?.process?.env?.JCO_DEBUG) { return; }";

/** What a waiting import does after it failed: the promise never settles, and neither would the guest's call. */
const LOST_FAILURE = /^( *)return task\.completionPromise\(\);$/gm;

/** `    actual: { … shim: { $imports: exports0.$imports`: what the functions of a table of indirect calls are. */
const INDIRECT = /^ +actual: \{\n(?<functions>[^]*?)\$imports: (?<table>exports\d+)\.\$imports/gm;

/** `      '14': exports1['shop:orders/api#[dtor]order'],`: a destructor that may wait, for the others are marked. */
const WAITING_DESTRUCTOR = /^ +'(?<slot>\d+)': exports\d+\['[^']*#\[dtor\][^']*'\],$/gm;

/** The function by which a component drops a resource, its own or another component's. */
const DROP =
  /^(?<head> +function (?<name>trampoline\d+)\(handle\) \{\n.*rscTableRemove\((?<handles>handleTable\d+), handle\);\n +if \(handleEntry\.own\) \{\n +)(?<destructor>exports\d+\['\d+'\])\(handleEntry\.rep\);$/gm;

/** `const trampoline10 = rscTableCreateOwn.bind(null, handleTable14);`: by which a component makes a resource of its own. */
const MAKE = /rscTableCreateOwn\.bind\(null, (?<handles>handleTable\d+)\)/g;

/**
 * Mends what jco's glue gets wrong about exported resources: constructors and static functions that use `await` without
 * being async, which is not even valid JavaScript. Both give promises then, so that they may wait like any function.
 * Failures of imports that wait reach the guest's caller. A component that is composed of several may wait in one of them
 * while it drops a resource in another. And the debugging output is taken out.
 */
export function mendGlue(glue: string): string {
  const answered = glue.replace(DEBUG_QUESTION, "return;").replace(LOST_FAILURE, "$1throw err;");
  const lines = mendDrops(answered).split("\n");
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

/** Lets the destructors of resources wait that belong to another one of the components that were composed. */
function mendDrops(glue: string): string {
  const waiting = waitingDestructors(glue);
  const ofMakers = new Set(Array.from(glue.matchAll(MAKE), ({ groups }) => groups?.["handles"]));
  const drops = Array.from(
    glue.matchAll(DROP),
    ({ groups }) => groups as Readonly<Record<DropGroup, string>>,
  );
  let mended = glue;
  for (const { head, name, handles, destructor } of drops) {
    const maker = drops.find((each) => each.destructor === destructor && ofMakers.has(each.handles));
    if (!waiting.has(destructor) || maker === undefined || maker.handles === handles) continue;
    const waits = `return (async () => {
        await _symmetricSyncGuestCallEnter(${handles}._componentIdx, 0, ${maker.handles}._componentIdx);
        await WebAssembly.promising(${destructor})(handleEntry.rep);
        _symmetricSyncGuestCallExit();
      })();`;
    const used = new RegExp(
      `Object\\.assign\\((_guardMayLeave\\(\\d+, ${name}\\)), \\{ _jcoMaySuspend: false \\}\\)`,
      "g",
    );
    mended = mended
      .replace(`${head}${destructor}(handleEntry.rep);`, () => `${head}${waits}`)
      .replaceAll(used, "new WebAssembly.Suspending($1)");
  }
  return mended;
}

type DropGroup = "head" | "name" | "handles" | "destructor";

/** As they are called: `exports0['14']`. */
function waitingDestructors(glue: string): ReadonlySet<string> {
  return new Set(
    Array.from(glue.matchAll(INDIRECT), ({ groups }) =>
      Array.from(
        (groups?.["functions"] ?? "").matchAll(WAITING_DESTRUCTOR),
        (destructor) => `${groups?.["table"]}['${destructor.groups?.["slot"]}']`,
      ),
    ).flat(),
  );
}
