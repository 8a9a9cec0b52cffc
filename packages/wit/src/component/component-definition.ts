import { readAlias, readSort } from "./alias.ts";
import { hex, type BinaryReader } from "./binary-reader.ts";
import { ComponentDecodeError } from "./component-decode-error.ts";
import { named, Scope, type Definition, type Extern, type Item } from "./scope.ts";
import { readExtern, readExternName, readTypeDefinition } from "./type-definition.ts";

/** Reads a component, from its magic number up to the reader's end. Core modules are skipped, unread. */
export function readComponent(reader: BinaryReader): Definition[] {
  readPreamble(reader);
  const definitions: Definition[] = [];
  while (!reader.atEnd) {
    const at = reader.position;
    const id = reader.byte();
    const section = reader.window(reader.u32());
    for (const definition of readSection(section, id, at)) definitions.push(definition);
    if (!section.atEnd) throw section.malformed(`section ${id} has bytes after its last definition`);
  }
  return definitions;
}

function readPreamble(reader: BinaryReader): void {
  const at = reader.position;
  const preamble = Array.from({ length: 8 }, () => (reader.atEnd ? -1 : reader.byte()));
  const [magic, version, layer] = [preamble.slice(0, 4), preamble.slice(4, 6), preamble.slice(6)].map(String);
  if (magic !== "0,97,115,109") {
    throw new ComponentDecodeError("not-a-component", "it does not start with the magic number \\0asm", at);
  }
  if (layer === "0,0") {
    throw new ComponentDecodeError(
      "not-a-component",
      "it is a core WebAssembly module; wrap it with `wasm-tools component new` or build a component",
      at,
    );
  }
  if (layer !== "1,0" || version !== "13,0") {
    throw new ComponentDecodeError(
      "unsupported",
      "its version of the binary format is not 0x0d, layer 1",
      at + 4,
    );
  }
}

function readSection(reader: BinaryReader, id: number, at: number): Definition[] {
  switch (id) {
    case 0: // custom
    case 2: // core instances
    case 3: // core types
      reader.skip(reader.remaining);
      return [];
    case 1:
      reader.skip(reader.remaining);
      return [{ size: 1, run: (scope) => scope.add({ sort: "module" }) }];
    case 4:
      return [readNestedComponent(reader, at)];
    case 5:
      return readDefinitions(reader, readInstance);
    case 6:
      return readDefinitions(reader, readAlias);
    case 7:
      return readDefinitions(reader, (inner) => {
        const type = readTypeDefinition(inner);
        return (scope) => scope.add({ sort: "type", type: type(scope) });
      });
    case 8:
      return readDefinitions(reader, readCanon);
    case 9:
      throw reader.unsupported("it has a start function", at);
    case 10:
      return readDefinitions(reader, readImport);
    case 11:
      return readDefinitions(reader, readExport);
    case 12:
      throw reader.unsupported("it defines values", at);
    default:
      throw reader.malformed(`${id} is not the number of a section`, at);
  }
}

function readDefinitions(
  reader: BinaryReader,
  read: (reader: BinaryReader) => Definition["run"],
): Definition[] {
  return reader.vector(() => {
    const at = reader.position;
    const run = read(reader);
    return { size: reader.position - at, run };
  });
}

function readNestedComponent(reader: BinaryReader, at: number): Definition {
  const definitions = reader.nested(readComponent);
  return {
    size: 1,
    run: (scope) =>
      scope.add({
        sort: "component",
        instantiate: (by, args) => new Scope(scope, by, args).run(definitions, at).exports,
      }),
  };
}

function readInstance(reader: BinaryReader): Definition["run"] {
  const at = reader.position;
  const form = reader.byte();
  if (form === 0x00) {
    const component = reader.u32();
    const args = reader.vector(() => ({ name: reader.name(), item: readItem(reader) }));
    return (scope) => {
      const { instantiate } = scope.get("component", component, at);
      if (instantiate === null) throw reader.unsupported("it instantiates a component that it imports", at);
      const items = new Map(args.map(({ name, item }) => [name, item(scope)]));
      scope.add({ sort: "instance", exports: instantiate(scope, items) });
    };
  }
  if (form === 0x01) {
    const exports = reader.vector(() => ({ name: readExternName(reader), item: readItem(reader) }));
    return (scope) =>
      scope.add({
        sort: "instance",
        exports: new Map(exports.map(({ name, item }) => [name, named(item(scope), name)])),
      });
  }
  throw reader.malformed(`0x${hex(form)} is not the code of an instance`, at);
}

function readImport(reader: BinaryReader): Definition["run"] {
  const at = reader.position;
  const name = readExternName(reader);
  const extern = readExtern(reader);
  return (scope) => scope.import(name, extern, at);
}

function readExport(reader: BinaryReader): Definition["run"] {
  const at = reader.position;
  const name = readExternName(reader);
  const item = readItem(reader);
  const ascribed = reader.optional(() => readExtern(reader));
  return (scope) => scope.export(name, ascribe(item(scope), ascribed, scope), at);
}

/** A function or an instance has the type that is ascribed to it; a type stays itself, so that resources keep identity. */
function ascribe(item: Item, ascribed: Extern | null, scope: Scope): Item {
  return ascribed === null || item.sort === "type" ? item : ascribed.create(scope);
}

/** Reads a reference to a definition: its sort and its index. */
function readItem(reader: BinaryReader): (scope: Scope) => Item {
  const at = reader.position;
  const sort = readSort(reader);
  const index = reader.u32();
  if (sort === "core")
    throw reader.malformed("a core definition is used where a component's one should be", at);
  return (scope) => scope.get(sort, index, at);
}

/** Reads a canonical definition. Only a lift defines something that a component's types depend on. */
function readCanon(reader: BinaryReader): Definition["run"] {
  const at = reader.position;
  const opcode = reader.byte();
  switch (opcode) {
    case 0x00: {
      readFunctionSort(reader);
      reader.u32();
      readOptions(reader);
      const index = reader.u32();
      return (scope) => scope.add({ sort: "function", type: scope.type("function", index, at).type });
    }
    case 0x01:
      readFunctionSort(reader);
      reader.u32();
      readOptions(reader);
      return () => {};
    case 0x02: // resource.new
    case 0x03: // resource.drop
    case 0x04: // resource.rep
      reader.u32();
      return () => {};
    default:
      throw reader.unsupported(`it uses the canonical function 0x${hex(opcode)} (async or threads)`, at);
  }
}

function readFunctionSort(reader: BinaryReader): void {
  const at = reader.position;
  if (reader.byte() !== 0) throw reader.malformed("only functions can be lifted or lowered", at);
}

function readOptions(reader: BinaryReader): void {
  reader.vector(() => {
    const at = reader.position;
    const option = reader.byte();
    if (option <= 0x02) return; // the encoding of strings
    if (option > 0x05) throw reader.unsupported(`the canonical option 0x${hex(option)} (async or GC)`, at);
    reader.u32(); // memory, realloc or post-return
  });
}
