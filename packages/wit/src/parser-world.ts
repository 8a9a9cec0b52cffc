import type {
  WitDeclared,
  WitExtern,
  WitExternDeclaration,
  WitInclude,
  WitWorldDeclarationItem,
} from "./ast.ts";
import type { ParserCursor } from "./parser-cursor.ts";
import { parseInterfaceBody, parseTypeDeclaration, parseUse, TYPE_KEYWORDS } from "./parser-declarations.ts";
import { parsePath, parseRename } from "./parser-paths.ts";
import { parseFunctionType } from "./parser-types.ts";

/** The items between the braces of a world. */
export function parseWorldBody(cursor: ParserCursor): WitWorldDeclarationItem[] {
  cursor.expect("{");
  const items: WitWorldDeclarationItem[] = [];
  while (!cursor.take("}")) items.push(parseWorldItem(cursor));
  return items;
}

function parseWorldItem(cursor: ParserCursor): WitWorldDeclarationItem {
  const declared = cursor.declared();
  if (cursor.take("use")) return parseUse(cursor, declared);
  if (cursor.take("include")) return parseInclude(cursor, declared);
  if (cursor.take("import")) return parseExtern(cursor, "import", declared);
  if (cursor.take("export")) return parseExtern(cursor, "export", declared);
  const type = parseTypeDeclaration(cursor, declared);
  if (type === undefined)
    throw cursor.unexpected(["import", "export", "include", "use", ...TYPE_KEYWORDS, "}"]);
  return type;
}

function parseExtern(
  cursor: ParserCursor,
  kind: "import" | "export",
  declared: WitDeclared,
): WitExternDeclaration {
  const at = cursor.at;
  // A parenthesis or brace after the second word tells `log: fnc(…)`, a misspelt keyword, from the path `log:fnc/…`.
  const isNamed =
    cursor.is(":", 1) &&
    (["func", "async", "interface"].some((keyword) => cursor.is(keyword, 2)) ||
      cursor.is("(", 3) ||
      cursor.is("{", 3));
  const extern = isNamed ? parseNamedExtern(cursor) : parseExternPath(cursor);
  return { kind, extern, ...declared, at };
}

function parseNamedExtern(cursor: ParserCursor): WitExtern {
  const { name } = cursor.identifier("the name of an import or export");
  cursor.expect(":");
  if (cursor.take("interface")) return { kind: "interface", name, items: parseInterfaceBody(cursor) };
  if (!cursor.is("func") && !cursor.is("async")) throw cursor.unexpected(["func", "async", "interface"]);
  const signature = parseFunctionType(cursor);
  cursor.expect(";");
  return { kind: "func", name, signature };
}

function parseExternPath(cursor: ParserCursor): WitExtern {
  const path = parsePath(cursor);
  cursor.expect(";");
  return { kind: "path", path };
}

function parseInclude(cursor: ParserCursor, declared: WitDeclared): WitInclude {
  const path = parsePath(cursor);
  const renames: WitInclude["renames"][number][] = [];
  if (cursor.take("with")) {
    cursor.expect("{");
    renames.push(
      ...cursor.commaSeparated("}", () => {
        const { as, ...rename } = parseRename(cursor);
        if (as === undefined) throw cursor.unexpected(["as"]);
        return { ...rename, as };
      }),
    );
  } else {
    cursor.expect(";");
  }
  return { kind: "include", path, renames, ...declared, at: path.at ?? cursor.at };
}
