import type { PrimitiveKind, WitField, WitType } from "../model.ts";
import { hex, type BinaryReader } from "./binary-reader.ts";
import type { ComponentDecodeError } from "./component-decode-error.ts";
import type { Scope } from "./scope.ts";

/** A type as it is written: resolved in the scope of the instance that it becomes part of. */
export type Written<T> = (scope: Scope) => T;

const primitives: ReadonlyMap<number, PrimitiveKind> = new Map([
  [0x7f, "bool"],
  [0x7e, "s8"],
  [0x7d, "u8"],
  [0x7c, "s16"],
  [0x7b, "u16"],
  [0x7a, "s32"],
  [0x79, "u32"],
  [0x78, "s64"],
  [0x77, "u64"],
  [0x76, "f32"],
  [0x75, "f64"],
  [0x74, "char"],
  [0x73, "string"],
]);

/** Opcodes of later or former editions of the component model. */
const foreign: ReadonlyMap<number, string> = new Map([
  [0x6c, "a union"],
  [0x67, "a list of fixed length"],
  [0x66, "a stream"],
  [0x65, "a future"],
  [0x64, "an error-context"],
  [0x63, "a map"],
]);

/** Reads a use of a value type: a primitive type, or the index of a defined one. */
export function readValueType(reader: BinaryReader): Written<WitType> {
  const at = reader.position;
  const code = reader.s33();
  if (code >= 0) return (scope) => scope.type("value", code, at).type;
  const opcode = code & 0x7f;
  const kind = primitives.get(opcode);
  if (kind === undefined) throw unknownType(reader, opcode, at);
  return () => ({ kind });
}

/** Reads the definition of a value type after its `opcode`, which was read at `at`. */
export function readDefinedType(reader: BinaryReader, opcode: number, at: number): Written<WitType> {
  const primitive = primitives.get(opcode);
  if (primitive !== undefined) return () => ({ kind: primitive });
  switch (opcode) {
    case 0x72: {
      const fields = readFields(reader, at);
      return (scope) => ({ kind: "record", name: null, fields: fields(scope) });
    }
    case 0x71: {
      const cases = nonEmpty(reader, at, () => readCase(reader));
      return (scope) => ({ kind: "variant", name: null, cases: cases.map((written) => written(scope)) });
    }
    case 0x70: {
      const element = readValueType(reader);
      return (scope) => ({ kind: "list", element: element(scope) });
    }
    case 0x6f: {
      const items = nonEmpty(reader, at, () => readValueType(reader));
      return (scope) => ({ kind: "tuple", items: items.map((item) => item(scope)) });
    }
    case 0x6e: {
      const names = nonEmpty(reader, at, () => reader.label());
      return () => ({ kind: "flags", name: null, names });
    }
    case 0x6d: {
      const cases = nonEmpty(reader, at, () => reader.label());
      return () => ({ kind: "enum", name: null, cases });
    }
    case 0x6b: {
      const some = readValueType(reader);
      return (scope) => ({ kind: "option", some: some(scope) });
    }
    case 0x6a: {
      const ok = reader.optional(() => readValueType(reader));
      const err = reader.optional(() => readValueType(reader));
      return (scope) => ({ kind: "result", ok: ok?.(scope) ?? null, err: err?.(scope) ?? null });
    }
    case 0x69:
      return readHandle(reader, "own");
    case 0x68:
      return readHandle(reader, "borrow");
    default:
      throw unknownType(reader, opcode, at);
  }
}

/** Reads fields of a record, or parameters of a function. */
export function readLabelled(reader: BinaryReader): Written<WitField> {
  const name = reader.label();
  const type = readValueType(reader);
  return (scope) => ({ name, type: type(scope) });
}

function readFields(reader: BinaryReader, at: number): Written<readonly WitField[]> {
  const fields = nonEmpty(reader, at, () => readLabelled(reader));
  return (scope) => fields.map((field) => field(scope));
}

function readCase(reader: BinaryReader): Written<{ name: string; type: WitType | null }> {
  const name = reader.label();
  const type = reader.optional(() => readValueType(reader));
  const at = reader.position;
  if (reader.byte() !== 0) throw reader.unsupported(`case "${name}" refines another case`, at);
  return (scope) => ({ name, type: type?.(scope) ?? null });
}

function readHandle(reader: BinaryReader, kind: "own" | "borrow"): Written<WitType> {
  const at = reader.position;
  const index = reader.u32();
  return (scope) => ({ kind, resource: scope.type("resource", index, at).resource });
}

function nonEmpty<T>(reader: BinaryReader, at: number, element: () => T): T[] {
  const elements = reader.vector(element);
  if (elements.length === 0) throw reader.malformed("a type has no fields, cases, flags or items", at);
  return elements;
}

function unknownType(reader: BinaryReader, opcode: number, at: number): ComponentDecodeError {
  const name = foreign.get(opcode);
  if (name === undefined) return reader.malformed(`0x${hex(opcode)} is not the code of a type`, at);
  return reader.unsupported(`it uses ${name}, which WIT of WASI 0.2 does not have`, at);
}
