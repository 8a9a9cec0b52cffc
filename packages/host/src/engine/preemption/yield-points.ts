import { PREAMBLE } from "../binary-section.ts";
import { leb128 } from "../leb128.ts";
import { CORE_SECTION, CoreSections } from "./core-sections.ts";
import { indexSpaces } from "./index-spaces.ts";
import { OPCODE, readCount, skipInstruction } from "./instruction.ts";

/** The exported global that counts down, and the exported table whose first function is called when it is at zero. */
export const FUEL = "golem-kit:fuel";
export const YIELD = "golem-kit:yield";

const VOID = 0x40;
const FUNCTION_REFERENCE = 0x70;
const I32 = 0x7f;

/**
 * The same core module, but whatever it computes passes a yield point again and again: at the begin of each round of a loop
 * and of each function that calls others. There a counter goes down, and when it is at zero, a function of the host is
 * called, which may let others have their turn.
 *
 * What is new has indices behind all others, so that nothing else changes. A module without loops and calls is returned as
 * it is. Takes about 0.2 s for a component with a JavaScript engine, whose code grows by an eighth.
 *
 * @throws SyntaxError for an instruction that no specification has
 */
export function withYieldPoints(module: Uint8Array): Uint8Array {
  const sections = new CoreSections(module);
  const code = sections.get(CORE_SECTION.code);
  if (code === undefined) return module;
  const { types, functions, tables, globals } = indexSpaces(sections);
  const rewritten = rewriteCode(code, yieldPoint(globals, functions));
  if (rewritten === undefined) return module;
  sections.set(CORE_SECTION.code, rewritten);

  // () -> ()
  sections.append(CORE_SECTION.type, [0x60, 0, 0]);
  sections.append(CORE_SECTION.table, [FUNCTION_REFERENCE, 0x01, 1, 1]);
  sections.append(CORE_SECTION.global, [I32, 0x01, 0x41, 0, 0x0b]);
  sections.append(CORE_SECTION.export, exported(FUEL, 3, globals));
  sections.append(CORE_SECTION.export, exported(YIELD, 1, tables));
  sections.append(CORE_SECTION.function, leb128(types));
  const call = [0, 0x41, 0, 0x11, ...leb128(types), ...leb128(tables), 0x0b];
  sections.append(CORE_SECTION.code, [...leb128(call.length), ...call]);
  return sections.write(module.subarray(0, PREAMBLE));
}

function exported(name: string, kind: number, index: number): number[] {
  const text = new TextEncoder().encode(name);
  return [...leb128(text.length), ...text, kind, ...leb128(index)];
}

/** If the counter is at zero, the function is called; then it goes down. It is set again by whoever is called. */
function yieldPoint(global: number, fn: number): Uint8Array {
  const get = [0x23, ...leb128(global)];
  const callIfZero = [...get, 0x45, 0x04, VOID, OPCODE.call, ...leb128(fn), 0x0b];
  return Uint8Array.from([...callIfZero, ...get, 0x41, 1, 0x6b, 0x24, ...leb128(global)]);
}

/** @returns the code section's content; `undefined` if there is nothing to be changed */
function rewriteCode(code: Uint8Array, point: Uint8Array): Uint8Array | undefined {
  let changed = false;
  let [left, at] = readCount(code, 0);
  const parts: Uint8Array[] = [code.subarray(0, at)];
  for (; left > 0; left -= 1) {
    const [size, begin] = readCount(code, at);
    const end = begin + size;
    const places = yieldPlaces(code, begin, end);
    if (places.length === 0) {
      parts.push(code.subarray(at, end));
    } else {
      changed = true;
      parts.push(Uint8Array.from(leb128(size + places.length * point.length)));
      let from = begin;
      for (const place of places) {
        parts.push(code.subarray(from, place), point);
        from = place;
      }
      parts.push(code.subarray(from, end));
    }
    at = end;
  }
  return changed ? Buffer.concat(parts) : undefined;
}

/** Offsets in a function's body where a yield point is to be: its begin, if it calls others, and that of each loop. */
function yieldPlaces(code: Uint8Array, begin: number, end: number): readonly number[] {
  const first = skipLocals(code, begin);
  const places: number[] = [];
  let calls = false;
  for (let at = first; at < end;) {
    const opcode = code[at] ?? 0;
    at = skipInstruction(code, at);
    if (opcode === OPCODE.loop) places.push(at);
    calls ||= opcode >= OPCODE.call && opcode <= OPCODE.lastCall;
  }
  return calls ? [first, ...places] : places;
}

function skipLocals(code: Uint8Array, at: number): number {
  let [groups, next] = readCount(code, at);
  for (; groups > 0; groups -= 1) {
    [, next] = readCount(code, next);
    const type = code[next] ?? 0;
    next += 1;
    if (type === 0x63 || type === 0x64) [, next] = readCount(code, next);
  }
  return next;
}
