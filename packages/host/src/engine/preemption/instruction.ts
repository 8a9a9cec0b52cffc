/** Opcodes that a rewriter of code has to know. */
export const OPCODE = {
  loop: 0x03,
  call: 0x10,
  returnCall: 0x12,
  /** The last of `call`, `call_indirect`, `return_call`, `return_call_indirect`, `call_ref` and `return_call_ref`. */
  lastCall: 0x15,
  tableSet: 0x26,
  /** Of instructions that work on many elements of memories and tables. */
  bulk: 0xfc,
} as const;

/**
 * Skips one instruction of a function's body: opcode and immediates, as the specification of WebAssembly 3.0 has them, with
 * threads and the former exception handling.
 *
 * @param at where it begins
 * @returns where the next one begins
 * @throws SyntaxError for an opcode that no specification has
 */
export function skipInstruction(code: Uint8Array, at: number): number {
  const opcode = code[at] ?? 0;
  const next = at + 1;
  if (opcode >= 0x45 && opcode <= 0xc4) return next;
  if (opcode >= 0x28 && opcode <= 0x3e) return skipMemoryArgument(code, next);
  switch (opcode) {
    // unreachable, nop, else, throw_ref, end, return, catch_all, drop, select, ref.is_null, ref.eq, ref.as_non_null
    case 0x00:
    case 0x01:
    case 0x05:
    case 0x0a:
    case 0x0b:
    case 0x0f:
    case 0x19:
    case 0x1a:
    case 0x1b:
    case 0xd1:
    case 0xd3:
    case 0xd4:
      return next;
    // block, loop, if, try
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x06:
      return skipType(code, next);
    // One index: branches, calls, locals, globals, tables, memories, functions; i32.const and i64.const
    case 0x07:
    case 0x08:
    case 0x09:
    case 0x0c:
    case 0x0d:
    case 0x10:
    case 0x12:
    case 0x14:
    case 0x15:
    case 0x18:
    case 0x20:
    case 0x21:
    case 0x22:
    case 0x23:
    case 0x24:
    case 0x25:
    case 0x26:
    case 0x3f:
    case 0x40:
    case 0x41:
    case 0x42:
    case 0xd0:
    case 0xd2:
    case 0xd5:
    case 0xd6:
      return skipNumber(code, next);
    // call_indirect, return_call_indirect
    case 0x11:
    case 0x13:
      return skipNumbers(code, next, 2);
    case 0x0e: {
      const [count, targets] = readCount(code, next);
      return skipNumbers(code, targets, count + 1);
    }
    case 0x1c:
      return skipVector(code, next, skipType);
    case 0x1f:
      return skipVector(code, skipType(code, next), skipCatch);
    // f32.const, f64.const
    case 0x43:
      return next + 4;
    case 0x44:
      return next + 8;
    case 0xfb:
      return skipReferenceInstruction(code, next);
    case 0xfc:
      return skipNumericInstruction(code, next);
    case 0xfd:
      return skipVectorInstruction(code, next);
    case 0xfe:
      return skipAtomicInstruction(code, next);
    default:
      throw unknown(opcode);
  }
}

/** Reads an unsigned number of at most 32 bits. @returns it, and where it ends */
export function readCount(code: Uint8Array, at: number): readonly [value: number, next: number] {
  let value = 0;
  let scale = 1;
  for (let next = at; ; next += 1) {
    const byte = code[next] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, next + 1];
    scale *= 0x80;
  }
}

/** Skips the declarations of locals, which a function's body begins with. */
export function skipLocals(code: Uint8Array, at: number): number {
  let [groups, next] = readCount(code, at);
  for (; groups > 0; groups -= 1) {
    [, next] = readCount(code, next);
    const type = code[next] ?? 0;
    next += 1;
    if (type === 0x63 || type === 0x64) [, next] = readCount(code, next);
  }
  return next;
}

/** Skips a number of any size and sign. */
function skipNumber(code: Uint8Array, at: number): number {
  let next = at;
  while ((code[next] ?? 0) >= 0x80) next += 1;
  return next + 1;
}

function skipNumbers(code: Uint8Array, at: number, count: number): number {
  let next = at;
  for (let skipped = 0; skipped < count; skipped += 1) next = skipNumber(code, next);
  return next;
}

function skipVector(
  code: Uint8Array,
  at: number,
  skipElement: (code: Uint8Array, at: number) => number,
): number {
  let [left, next] = readCount(code, at);
  for (; left > 0; left -= 1) next = skipElement(code, next);
  return next;
}

/** A type of a block or a value: one number, or a reference with its heap type. */
function skipType(code: Uint8Array, at: number): number {
  const first = code[at];
  return first === 0x63 || first === 0x64 ? skipNumber(code, at + 1) : skipNumber(code, at);
}

/** A clause of `try_table`: the first two kinds name a tag. */
function skipCatch(code: Uint8Array, at: number): number {
  return skipNumbers(code, at + 1, (code[at] ?? 0) < 2 ? 2 : 1);
}

/** Alignment, with a memory's index if it says so, and offset. */
function skipMemoryArgument(code: Uint8Array, at: number): number {
  const [alignment, next] = readCount(code, at);
  return skipNumbers(code, next, (alignment & 0x40) === 0 ? 1 : 2);
}

/** Structures, arrays and references. */
function skipReferenceInstruction(code: Uint8Array, at: number): number {
  const [opcode, next] = readCount(code, at);
  if (opcode === 15 || (opcode >= 26 && opcode <= 30)) return next;
  if (opcode <= 1 || opcode === 6 || opcode === 7 || (opcode >= 11 && opcode <= 14) || opcode === 16)
    return skipNumber(code, next);
  if (opcode <= 19) return skipNumbers(code, next, 2);
  if (opcode <= 23) return skipNumber(code, next);
  // br_on_cast, br_on_cast_fail: flags, label, two heap types
  if (opcode <= 25) return skipNumbers(code, next + 1, 3);
  throw unknown(0xfb, opcode);
}

/** Saturating conversions, bulk memory and tables, wide arithmetic. */
function skipNumericInstruction(code: Uint8Array, at: number): number {
  const [opcode, next] = readCount(code, at);
  if (opcode <= 7 || (opcode >= 19 && opcode <= 22)) return next;
  if (opcode === 9 || opcode === 11 || opcode === 13 || (opcode >= 15 && opcode <= 17))
    return skipNumber(code, next);
  if (opcode <= 14) return skipNumbers(code, next, 2);
  throw unknown(0xfc, opcode);
}

function skipVectorInstruction(code: Uint8Array, at: number): number {
  const [opcode, next] = readCount(code, at);
  if (opcode <= 11 || opcode === 92 || opcode === 93) return skipMemoryArgument(code, next);
  // v128.const, i8x16.shuffle
  if (opcode === 12 || opcode === 13) return next + 16;
  if (opcode >= 21 && opcode <= 34) return next + 1;
  if (opcode >= 84 && opcode <= 91) return skipMemoryArgument(code, next) + 1;
  if (opcode <= 0x113) return next;
  throw unknown(0xfd, opcode);
}

function skipAtomicInstruction(code: Uint8Array, at: number): number {
  const [opcode, next] = readCount(code, at);
  if (opcode === 3) return next + 1;
  if (opcode <= 2 || (opcode >= 0x10 && opcode <= 0x4e)) return skipMemoryArgument(code, next);
  throw unknown(0xfe, opcode);
}

function unknown(...opcodes: readonly number[]): SyntaxError {
  const text = opcodes.map((each) => `0x${each.toString(16).padStart(2, "0")}`).join(" ");
  return new SyntaxError(
    `A core module has the instruction ${text}, which this host does not know. ` +
      "What to do: build the component for WebAssembly 3.0.",
  );
}
