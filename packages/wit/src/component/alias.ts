import { hex, type BinaryReader } from "./binary-reader.ts";
import type { Definition, Sort } from "./scope.ts";

/** Reads what kind of definition is meant. All core sorts but modules are one: a component's types do not depend on them. */
export function readSort(reader: BinaryReader): Sort | "core" {
  const at = reader.position;
  const code = reader.byte();
  switch (code) {
    case 0x00:
      return readCoreSort(reader);
    case 0x01:
      return "function";
    case 0x02:
      throw reader.unsupported("it imports, exports or refers to a value", at);
    case 0x03:
      return "type";
    case 0x04:
      return "component";
    case 0x05:
      return "instance";
    default:
      throw reader.malformed(`0x${hex(code)} is not the code of a sort`, at);
  }
}

/** Reads an alias: of an instance's export, or of a definition of an enclosing component. */
export function readAlias(reader: BinaryReader): Definition["run"] {
  const at = reader.position;
  const sort = readSort(reader);
  const targetAt = reader.position;
  const target = reader.byte();
  switch (target) {
    case 0x00: {
      const instance = reader.u32();
      const name = reader.name();
      return (scope) => {
        const item = scope.get("instance", instance, at).exports.get(name);
        if (item?.sort !== sort) throw reader.malformed(`instance ${instance} has no ${sort} "${name}"`, at);
        scope.add(item);
      };
    }
    case 0x01:
      if (sort !== "core") throw reader.malformed(`a ${sort} is taken from a core instance`, at);
      reader.u32();
      reader.name();
      return () => {};
    case 0x02: {
      const count = reader.u32();
      const index = reader.u32();
      if (sort === "core") return () => {};
      if (sort === "module") return (scope) => scope.add({ sort });
      return (scope) => scope.add(scope.outer(count, at).get(sort, index, at));
    }
    default:
      throw reader.malformed(`0x${hex(target)} is not the code of an alias`, targetAt);
  }
}

function readCoreSort(reader: BinaryReader): "core" | "module" {
  const at = reader.position;
  const code = reader.byte();
  if (code === 0x11) return "module";
  if (code <= 0x04 || code === 0x10 || code === 0x12) return "core";
  throw reader.malformed(`0x${hex(code)} is not the code of a core sort`, at);
}
