import type { WitType } from "../model.ts";
import type { BinaryReader } from "./binary-reader.ts";
import { hex } from "./binary-reader.ts";
import { readAlias, readSort } from "./alias.ts";
import { Scope, type Definition, type Extern, type FunctionType, type TypeDefinition } from "./scope.ts";
import { readDefinedType, readLabelled, readValueType, type Written } from "./value-type.ts";

/** Reads the definition of a type of any kind. */
export function readTypeDefinition(reader: BinaryReader): Written<TypeDefinition> {
  const at = reader.position;
  const opcode = reader.byte();
  switch (opcode) {
    case 0x40: {
      const type = readFunctionType(reader);
      return (scope) => ({ kind: "function", type: type(scope) });
    }
    case 0x43:
      throw reader.unsupported("it has an async function; build it for WASI 0.2", at);
    case 0x41:
      reader.nested((inner) => inner.vector(() => readDeclaration(inner, true)));
      return () => ({ kind: "component" });
    case 0x42: {
      const declarations = reader.nested((inner) => inner.vector(() => readDeclaration(inner, false)));
      return (scope) => ({
        kind: "instance",
        instantiate: (by) => new Scope(scope, by, null).run(declarations, at).exports,
      });
    }
    case 0x3f:
      readResourceType(reader);
      return () => ({ kind: "resource", resource: { name: "", interface: null } });
    default: {
      const type = readDefinedType(reader, opcode, at);
      return (scope) => ({ kind: "value", type: type(scope) });
    }
  }
}

/** Reads the name of an import or an export. */
export function readExternName(reader: BinaryReader): string {
  const at = reader.position;
  const form = reader.byte();
  if (form > 1)
    throw reader.unsupported(`a name of the form 0x${hex(form)} (versions apart, attributes)`, at);
  return reader.name();
}

/** Reads the description of an import's or an export's type. */
export function readExtern(reader: BinaryReader): Extern {
  const at = reader.position;
  const sort = readSort(reader);
  switch (sort) {
    case "core":
      throw reader.malformed("a core definition other than a module is imported or exported", at);
    case "module":
      reader.u32();
      return { sort, create: () => ({ sort }) };
    case "function": {
      const index = reader.u32();
      return { sort, create: (scope) => ({ sort, type: scope.type("function", index, at).type }) };
    }
    case "type": {
      const bound = readTypeBound(reader);
      return { sort, create: (scope) => ({ sort, type: bound(scope) }) };
    }
    case "component":
      reader.u32();
      return { sort, create: () => ({ sort, instantiate: null }) };
    case "instance": {
      const index = reader.u32();
      return {
        sort,
        create: (scope) => ({ sort, exports: scope.type("instance", index, at).instantiate(scope) }),
      };
    }
  }
}

/** Reads one member of an instance type or of a component type. */
function readDeclaration(reader: BinaryReader, inComponent: boolean): Definition {
  const at = reader.position;
  const opcode = reader.byte();
  const run = readDeclared(reader, opcode, at, inComponent);
  return { size: reader.position - at, run };
}

function readDeclared(
  reader: BinaryReader,
  opcode: number,
  at: number,
  inComponent: boolean,
): Definition["run"] {
  switch (opcode) {
    case 0x00:
      throw reader.unsupported("a core type inside a component or instance type", at);
    case 0x01: {
      const type = readTypeDefinition(reader);
      return (scope) => scope.add({ sort: "type", type: type(scope) });
    }
    case 0x02:
      return readAlias(reader);
    case 0x03: {
      if (!inComponent) throw reader.malformed("an instance type has an import", at);
      const name = readExternName(reader);
      const extern = readExtern(reader);
      return (scope) => scope.import(name, extern, at);
    }
    case 0x04: {
      const name = readExternName(reader);
      const extern = readExtern(reader);
      return (scope) => scope.export(name, extern.create(scope), at);
    }
    default:
      throw reader.malformed(`0x${hex(opcode)} is not the code of a declaration`, at);
  }
}

function readFunctionType(reader: BinaryReader): Written<FunctionType> {
  const params = reader.vector(() => readLabelled(reader));
  const result = readResult(reader);
  return (scope) => ({ params: params.map((param) => param(scope)), result: result?.(scope) ?? null });
}

function readResult(reader: BinaryReader): Written<WitType> | null {
  const at = reader.position;
  const form = reader.byte();
  if (form === 0x00) return readValueType(reader);
  if (form !== 0x01) throw reader.malformed(`0x${hex(form)} is not the code of a function's result`, at);
  if (reader.u32() > 0)
    throw reader.unsupported("a function has named results; give it one result, a record", at);
  return null;
}

function readResourceType(reader: BinaryReader): void {
  const at = reader.position;
  const representation = reader.byte();
  if (representation !== 0x7f)
    throw reader.unsupported("a resource is represented by something else than an i32", at);
  reader.optional(() => reader.u32());
}

function readTypeBound(reader: BinaryReader): Written<TypeDefinition> {
  const at = reader.position;
  const form = reader.byte();
  if (form === 0x01) return () => ({ kind: "resource", resource: { name: "", interface: null } });
  if (form !== 0x00) throw reader.malformed(`0x${hex(form)} is not the code of a type's bound`, at);
  const index = reader.u32();
  return (scope) => scope.get("type", index, at).type;
}
