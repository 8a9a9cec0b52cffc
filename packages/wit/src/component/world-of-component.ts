import type { WitWorld, WitWorldItem } from "../model.ts";
import { BinaryReader } from "./binary-reader.ts";
import { readComponent } from "./component-definition.ts";
import { ComponentDecodeError } from "./component-decode-error.ts";
import { ExternConverter } from "./extern-converter.ts";
import { Scope, type Item } from "./scope.ts";

/**
 * The world that a component implements: what it imports and exports, read from the binary's type information.
 *
 * Costs a few milliseconds whatever the size, since core modules are skipped. The world has no name in the binary and is
 * always `root:component/root`; functions have no docs; interfaces and types that an import does not use are absent.
 *
 * @throws ComponentDecodeError for bytes that are not a component, break the format, or need more than WIT of WASI 0.2.
 */
export function worldOfComponent(bytes: Uint8Array): WitWorld {
  const definitions = readComponent(new BinaryReader(bytes));
  const { imports, exports } = new Scope(null, null, null).run(definitions, 0);
  const converter = new ExternConverter();
  for (const items of [imports, exports]) for (const [name, item] of items) converter.declare(name, item);
  return {
    id: "root:component/root",
    imports: worldItems(imports, converter),
    exports: worldItems(exports, converter),
  };
}

function worldItems(items: ReadonlyMap<string, Item>, converter: ExternConverter): Map<string, WitWorldItem> {
  const converted = new Map<string, WitWorldItem>();
  for (const [name, item] of items) {
    switch (item.sort) {
      case "function":
        converted.set(name, { kind: "function", function: converter.function(name, item.type) });
        break;
      case "instance":
        converted.set(name, { kind: "interface", interface: converter.interface(name, item.exports) });
        break;
      case "type":
        if (item.type.kind === "component")
          throw unsupported(name, "component type (is this a package of WIT?)");
        break;
      default:
        throw unsupported(name, item.sort);
    }
  }
  return converted;
}

function unsupported(name: string, what: string): ComponentDecodeError {
  return new ComponentDecodeError("unsupported", `"${name}" is a ${what}, which no WIT world has`, null);
}
