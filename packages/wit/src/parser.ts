import type { WitDeclared, WitFile, WitNestedPackage, WitPackageDeclaration, WitPackageItem } from "./ast.ts";
import { ParserCursor } from "./parser-cursor.ts";
import { parseInterfaceBody } from "./parser-declarations.ts";
import { parsePackageName, parsePath } from "./parser-paths.ts";
import { parseWorldBody } from "./parser-world.ts";

export interface ParseWitOptions {
  /**
   * How error messages call the text, usually its path.
   * @default "<wit>"
   */
  readonly file?: string;
}

/**
 * Reads WIT text, including what newer versions of the language add (gates, nested packages, `async`, `future`, `stream`).
 * Names are not looked up: that is `resolveWit`'s part.
 *
 * @throws WitError with code `syntax` at the first thing that is not WIT.
 */
export function parseWit(text: string, { file = "<wit>" }: ParseWitOptions = {}): WitFile {
  const cursor = new ParserCursor(text, file);
  const items: WitFile["items"][number][] = [];
  let own: WitPackageDeclaration | undefined;
  while (!cursor.isEnd()) {
    const declared = cursor.declared();
    const token = cursor.peek();
    const item = cursor.take("package") ? parsePackage(cursor, declared) : parseItem(cursor, declared);
    if ("kind" in item) {
      items.push(item);
    } else if (own === undefined && items.length === 0) {
      own = item;
    } else {
      throw cursor.error("a file declares its own package once, at its beginning", undefined, token);
    }
  }
  return { file, ...(own !== undefined && { package: own }), items };
}

function parsePackage(cursor: ParserCursor, declared: WitDeclared): WitPackageDeclaration | WitNestedPackage {
  const name = parsePackageName(cursor);
  const at = name.at ?? cursor.at;
  if (cursor.take(";")) return { name, ...declared, at };
  if (!cursor.take("{")) throw cursor.unexpected([";", "{"]);
  const items: WitPackageItem[] = [];
  while (!cursor.take("}")) items.push(parseItem(cursor, cursor.declared()));
  return { kind: "package", name, items, ...declared, at };
}

function parseItem(cursor: ParserCursor, declared: WitDeclared): WitPackageItem {
  if (cursor.take("interface")) {
    const { name, at } = cursor.identifier("the name of an interface");
    return { kind: "interface", name, items: parseInterfaceBody(cursor), ...declared, at };
  }
  if (cursor.take("world")) {
    const { name, at } = cursor.identifier("the name of a world");
    return { kind: "world", name, items: parseWorldBody(cursor), ...declared, at };
  }
  if (cursor.take("use")) {
    const path = parsePath(cursor);
    const as = cursor.take("as") ? { as: cursor.identifier("a new name").name } : {};
    cursor.expect(";");
    return { kind: "file-use", path, ...as, ...declared, at: path.at ?? cursor.at };
  }
  throw cursor.unexpected(["interface", "world", "use", "package"]);
}
