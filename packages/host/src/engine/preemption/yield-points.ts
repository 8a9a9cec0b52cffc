import { PREAMBLE, leb128 } from "@golem-kit/wit";

import { nameOf } from "../binary-section.ts";
import { CORE_SECTION, CoreSections } from "../core-sections.ts";
import { indexSpaces } from "./index-spaces.ts";
import { type Calls, recursiveFunctions } from "./recursive-functions.ts";
import { OPCODE, readCount, skipInstruction, skipLocals } from "./instruction.ts";

/** The exported global that counts down, and the exported table whose first function is called when it is at zero. */
export const FUEL = "golem-kit:fuel";
export const YIELD = "golem-kit:yield";

const VOID = 0x40;
const FUNCTION_REFERENCE = 0x70;
const I32 = 0x7f;

/**
 * The same core module, but whatever it computes passes a yield point again and again: at the begin of each round of a loop,
 * and of the functions by which calls can go on without end. There a counter goes down, and when it is at zero, a function of the host is
 * called, which may let others have their turn.
 *
 * What is new has indices behind all others, so that nothing else changes. A module that ends by itself is returned as it is.
 * Takes about 0.3 s for a component with a JavaScript engine.
 *
 * @throws SyntaxError for an instruction that no specification has
 */
export function withYieldPoints(module: Uint8Array): Uint8Array {
  const sections = new CoreSections(module);
  const code = sections.get(CORE_SECTION.code);
  if (code === undefined) return module;
  const { types, functions, tables, globals } = indexSpaces(sections);
  const imported = functions - sections.count(CORE_SECTION.function);
  const rewritten = rewriteCode(code, imported, yieldPoint(globals, functions));
  if (rewritten === undefined) return module;
  sections.set(CORE_SECTION.code, rewritten.code);
  sections.insertBefore(CORE_SECTION.code, branchHints(rewritten.places, leb128(globals).length + 2));

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
  return [...nameOf(name), kind, ...leb128(index)];
}

/**
 * Tells the engine that nobody yields as a rule: what is kept in registers stays there.
 *
 * @param offset of the branch in a yield point
 */
function branchHints(places: RewrittenCode["places"], offset: number): Uint8Array {
  const hints = places.flatMap(([fn, offsets]) => [
    ...leb128(fn),
    ...leb128(offsets.length),
    ...offsets.flatMap((at) => [...leb128(at + offset), 1, 0]),
  ]);
  return Uint8Array.from([...nameOf("metadata.code.branch_hint"), ...leb128(places.length), ...hints]);
}

/** If the counter is at zero, the function is called; then it goes down. It is set again by whoever is called. */
function yieldPoint(global: number, fn: number): Uint8Array {
  const get = [0x23, ...leb128(global)];
  const callIfZero = [...get, 0x45, 0x04, VOID, OPCODE.call, ...leb128(fn), 0x0b];
  return Uint8Array.from([...callIfZero, ...get, 0x41, 1, 0x6b, 0x24, ...leb128(global)]);
}

interface FunctionBody {
  /** Offsets of its size, its locals, its first instruction and its end. */
  readonly at: number;
  readonly begin: number;
  readonly first: number;
  readonly end: number;
  /** Where its loops begin. */
  readonly loops: readonly number[];
  readonly calls: Calls;
}

interface RewrittenCode {
  readonly code: Uint8Array;
  /** Where yield points are: by the index of a function, offsets in its body. */
  readonly places: readonly (readonly [fn: number, offsets: readonly number[]])[];
}

/** @returns `undefined` if there is nothing to be changed */
function rewriteCode(code: Uint8Array, imported: number, point: Uint8Array): RewrittenCode | undefined {
  const bodies = readBodies(code, imported);
  const recursive = recursiveFunctions(
    bodies.map(({ calls }) => calls),
    imported,
  );
  if (recursive.size === 0 && bodies.every(({ loops }) => loops.length === 0)) return undefined;
  const parts: Uint8Array[] = [code.subarray(0, bodies[0]?.at ?? code.length)];
  const rewritten: [number, readonly number[]][] = [];
  for (const [fn, { at, begin, first, end, loops }] of bodies.entries()) {
    const places = recursive.has(fn) ? [first, ...loops] : loops;
    if (places.length === 0) {
      parts.push(code.subarray(at, end));
      continue;
    }
    parts.push(Uint8Array.from(leb128(end - begin + places.length * point.length)));
    rewritten.push([imported + fn, places.map((place, at) => place - begin + at * point.length)]);
    let from = begin;
    for (const place of places) {
      parts.push(code.subarray(from, place), point);
      from = place;
    }
    parts.push(code.subarray(from, end));
  }
  return { code: Buffer.concat(parts), places: rewritten };
}

function readBodies(code: Uint8Array, imported: number): readonly FunctionBody[] {
  const bodies: FunctionBody[] = [];
  let [left, at] = readCount(code, 0);
  for (; left > 0; left -= 1) {
    const body = readBody(code, at, imported);
    bodies.push(body);
    at = body.end;
  }
  return bodies;
}

function readBody(code: Uint8Array, at: number, imported: number): FunctionBody {
  const [size, begin] = readCount(code, at);
  const end = begin + size;
  const first = skipLocals(code, begin);
  const loops: number[] = [];
  const direct: number[] = [];
  let others = false;
  for (let here = first; here < end;) {
    const opcode = code[here] ?? 0;
    const next = skipInstruction(code, here);
    if (opcode === OPCODE.loop) loops.push(next);
    if (opcode === OPCODE.call || opcode === OPCODE.returnCall) {
      const [called] = readCount(code, here + 1);
      if (called < imported) others = true;
      else direct.push(called);
    } else if (opcode > OPCODE.call && opcode <= OPCODE.lastCall) others = true;
    here = next;
  }
  return { at, begin, first, end, loops, calls: { direct, others } };
}
