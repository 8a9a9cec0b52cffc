import { BinaryReader } from "@golem-kit/wit";

/** Sections of a component and of a core module, by their numbers in the binary formats. */
const CORE_MODULE = 1;
const IMPORTS = 2;
const EXPORTS = 7;
const CODE = 10;
/** Magic number and version. */
const PREAMBLE = 8;

/** Kinds of imports. */
const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;
const HAS_MAXIMUM = 1;

const CALL = 0x10;
/** `i64.const 1`, as long as the call in whose place it goes. Not 0, which the engine takes for no time at all. */
const CONSTANT_TIME = [0x42, 1];

/**
 * Stops the clock by which the JavaScript engine times its own work. It reads it whenever a promise is made or settled and
 * whenever it collects garbage. A durable host would write each reading into the oplog, and a replay that left code out
 * would collect at other points, and diverge.
 *
 * Only these readings go through the module that adapts preview 1 of WASI, which the engine is compiled for. Timers, `Date`
 * and the program's own imports do not; `performance` and `console.time` do, and get a clock by `installProgramClock`.
 *
 * @param component is changed in place
 * @throws Error when it is not as componentize-js makes components
 */
export function stopEngineClock(component: Uint8Array): void {
  const adapters = coreModules(component).filter(({ sections }) =>
    exportedNames(sections).includes("clock_time_get"),
  );
  const calls = adapters.flatMap(clockCalls);
  const [call] = calls;
  if (call === undefined || calls.length > 1) {
    throw new Error(`The engine reads its clock in ${calls.length} places of the component, not in one`);
  }
  call.set(CONSTANT_TIME);
}

interface CoreModule {
  readonly bytes: Uint8Array;
  /** By their numbers. */
  readonly sections: ReadonlyMap<number, BinaryReader>;
}

function coreModules(component: Uint8Array): readonly CoreModule[] {
  const modules: CoreModule[] = [];
  for (const { id, content, end } of new BinaryReader(component, PREAMBLE).sections()) {
    if (id !== CORE_MODULE) continue;
    const bytes = component.subarray(content.position, end);
    const sections = Array.from(new BinaryReader(bytes, PREAMBLE).sections());
    modules.push({ bytes, sections: new Map(sections.map((each) => [each.id, each.content])) });
  }
  return modules;
}

function exportedNames(sections: CoreModule["sections"]): readonly string[] {
  const section = sections.get(EXPORTS);
  if (section === undefined) return [];
  return section.vector(() => {
    const name = section.name();
    section.byte();
    section.u32();
    return name;
  });
}

/** Index of the function that reads the clock among those of the module. */
function monotonicNow(sections: CoreModule["sections"]): number {
  const section = sections.get(IMPORTS);
  const imports = section?.vector(() => {
    const name = `${section.name()}.${section.name()}`;
    const kind = section.byte();
    skipImported(section, kind);
    return { name, kind };
  });
  const functions = (imports ?? []).filter(({ kind }) => kind === FUNCTION);
  return functions.findIndex(({ name }) => /^wasi:clocks\/monotonic-clock@[\d.]+\.now$/.test(name));
}

/** Skips the type of an import: of a function, a table, a memory or a global. */
function skipImported(section: BinaryReader, kind: number): void {
  if (kind === TABLE) section.byte();
  if (kind === TABLE || kind === MEMORY) {
    const flags = section.byte();
    section.u32();
    if ((flags & HAS_MAXIMUM) !== 0) section.u32();
  } else if (kind === GLOBAL) section.window(2);
  else section.u32();
}

/**
 * The bytes of the calls that read the clock. Where the same bytes mean something else, the module would not be valid with
 * others in their place.
 */
function clockCalls({ bytes, sections }: CoreModule): readonly Uint8Array[] {
  const call = [CALL, monotonicNow(sections)];
  const code = sections.get(CODE);
  if (code === undefined) return [];
  const calls: Uint8Array[] = [];
  for (let at = code.position; at < code.position + code.remaining; at += 1) {
    if (!call.every((byte, offset) => bytes[at + offset] === byte)) continue;
    const stopped = new Uint8Array(bytes);
    stopped.set(CONSTANT_TIME, at);
    if (WebAssembly.validate(stopped)) calls.push(bytes.subarray(at, at + call.length));
  }
  return calls;
}
