import { BinaryReader, leb128, PREAMBLE } from "@golem-kit/wit";

import { nameOf } from "./binary-section.ts";
import { CORE_SECTION, CoreSections } from "./core-sections.ts";
import { importedGlobals } from "./preemption/index-spaces.ts";
import { OPCODE, readCount, skipInstruction, skipLocals } from "./preemption/instruction.ts";

const GLOBAL = 3;
const END = 0x0b;

/** `table.init`, `table.copy`, `table.grow` and `table.fill`, of the instructions on many elements. */
const BULK_TABLE: ReadonlySet<number> = new Set([12, 14, 15, 17]);

/** Names of exported globals begin with it. */
const PREFIX = "golem-kit:global-";

/** A custom section of modules whose code changes tables. */
const CHANGES_TABLES = "golem-kit:changes-tables";

/**
 * The same core module, but whoever has an instance can read and write all of its globals that change. A module whose code changes
 * tables, which nobody can read, says so. Takes 0.1 s for a JavaScript engine.
 */
export function exportGlobals(module: Uint8Array): Uint8Array {
  const sections = new CoreSections(module);
  const mutable = mutableGlobals(sections);
  const code = sections.get(CORE_SECTION.code);
  const changesTables = code !== undefined && changesTablesIn(code);
  if (mutable.length === 0 && !changesTables) return module;
  for (const index of mutable)
    sections.append(CORE_SECTION.export, [...nameOf(`${PREFIX}${index}`), GLOBAL, ...leb128(index)]);
  if (changesTables) sections.insertBefore(CORE_SECTION.code, Uint8Array.from(nameOf(CHANGES_TABLES)));
  return sections.write(module.subarray(0, PREAMBLE));
}

/** The globals that {@link exportGlobals} has exported, in the order of the module. */
export function globalsOf({ exports }: WebAssembly.Instance): readonly WebAssembly.Global[] {
  return Object.entries(exports).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value instanceof WebAssembly.Global ? [value] : [],
  );
}

/** True if {@link exportGlobals} has found that its tables do not stay what they are at first. */
export function changesTables(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.customSections(module, CHANGES_TABLES).length > 0;
}

function mutableGlobals(sections: CoreSections): readonly number[] {
  const imported = importedGlobals(sections);
  const own = sections.get(CORE_SECTION.global);
  const all = own === undefined ? imported : [...imported, ...ownGlobals(own)];
  return all.flatMap((isMutable, index) => (isMutable ? [index] : []));
}

/** Whether each can change. */
function ownGlobals(globals: Uint8Array): readonly boolean[] {
  const found: boolean[] = [];
  const reader = new BinaryReader(globals);
  let left = reader.u32();
  let at = reader.position;
  for (; left > 0; left -= 1) {
    const form = globals[at] ?? 0;
    at = form === 0x63 || form === 0x64 ? readCount(globals, at + 1)[1] : at + 1;
    found.push(globals[at] === 1);
    at += 1;
    while (globals[at] !== END) at = skipInstruction(globals, at);
    at += 1;
  }
  return found;
}

function changesTablesIn(code: Uint8Array): boolean {
  let [left, at] = readCount(code, 0);
  for (; left > 0; left -= 1) {
    const [size, begin] = readCount(code, at);
    const end = begin + size;
    for (let here = skipLocals(code, begin); here < end; here = skipInstruction(code, here)) {
      const opcode = code[here];
      if (opcode === OPCODE.tableSet) return true;
      if (opcode === OPCODE.bulk && BULK_TABLE.has(code[here + 1] ?? 0)) return true;
    }
    at = end;
  }
  return false;
}
