import type {
  WitCaseDeclaration,
  WitFieldDeclaration,
  WitDeclared,
  WitFunctionDeclaration,
  WitInterfaceItem,
  WitLabelDeclaration,
  WitResourceItem,
  WitTypeDeclaration,
  WitUse,
} from "./ast.ts";
import type { ParserCursor } from "./parser-cursor.ts";
import { parsePath, parseRename } from "./parser-paths.ts";
import { parseFunctionType, parseSignature, parseType } from "./parser-types.ts";

/** The keywords that begin a type declaration. */
export const TYPE_KEYWORDS = ["type", "record", "variant", "enum", "flags", "resource"] as const;

/** The items between the braces of an interface. */
export function parseInterfaceBody(cursor: ParserCursor): WitInterfaceItem[] {
  cursor.expect("{");
  const items: WitInterfaceItem[] = [];
  while (!cursor.take("}")) items.push(parseInterfaceItem(cursor));
  return items;
}

function parseInterfaceItem(cursor: ParserCursor): WitInterfaceItem {
  const declared = cursor.declared();
  if (cursor.take("use")) return parseUse(cursor, declared);
  const type = parseTypeDeclaration(cursor, declared);
  if (type !== undefined) return type;
  if (cursor.isIdentifier() && cursor.is(":", 1)) return parseFunction(cursor, declared);
  if (cursor.peek().kind === "identifier" && cursor.is(":", 1)) cursor.identifier("the name of a function");
  throw cursor.unexpected(["use", ...TYPE_KEYWORDS, "}"], "a function");
}

function parseFunction(cursor: ParserCursor, declared: WitDeclared): WitFunctionDeclaration {
  const { name, at } = cursor.identifier("the name of a function");
  cursor.expect(":");
  const signature = parseFunctionType(cursor);
  cursor.expect(";");
  return { kind: "func", name, signature, ...declared, at };
}

/** After `use`: `wasi:io/poll@0.2.0.{pollable as p};` */
export function parseUse(cursor: ParserCursor, declared: WitDeclared): WitUse {
  const path = parsePath(cursor);
  cursor.expect(".");
  cursor.expect("{");
  const names = cursor.commaSeparated("}", () => parseRename(cursor));
  cursor.expect(";");
  return { kind: "use", path, names, ...declared, at: path.at ?? cursor.at };
}

/** A type declaration, or `undefined` when the next token begins none. */
export function parseTypeDeclaration(
  cursor: ParserCursor,
  declared: WitDeclared,
): WitTypeDeclaration | undefined {
  const kind = TYPE_KEYWORDS.find((keyword) => !cursor.is(":", 1) && cursor.take(keyword));
  if (kind === undefined) return undefined;
  const { name, at } = cursor.identifier(`the name of a ${kind}`);
  const common = { name, ...declared, at };
  switch (kind) {
    case "type": {
      cursor.expect("=");
      const type = parseType(cursor);
      cursor.expect(";");
      return { kind, type, ...common };
    }
    case "record":
      return { kind, fields: inBraces(cursor, () => parseField(cursor)), ...common };
    case "variant":
      return { kind, cases: inBraces(cursor, () => parseCase(cursor)), ...common };
    case "enum":
      return { kind, cases: inBraces(cursor, () => parseLabel(cursor)), ...common };
    case "flags":
      return { kind, names: inBraces(cursor, () => parseLabel(cursor)), ...common };
    case "resource":
      return { kind, items: cursor.take(";") ? [] : parseResourceBody(cursor), ...common };
  }
}

function inBraces<T>(cursor: ParserCursor, item: () => T): T[] {
  cursor.expect("{");
  return cursor.commaSeparated("}", item);
}

function parseLabel(cursor: ParserCursor): WitLabelDeclaration {
  const documented = cursor.documented();
  const { name, at } = cursor.identifier("a name");
  return { name, ...documented, at };
}

function parseField(cursor: ParserCursor): WitFieldDeclaration {
  const label = parseLabel(cursor);
  cursor.expect(":");
  return { ...label, type: parseType(cursor) };
}

function parseCase(cursor: ParserCursor): WitCaseDeclaration {
  const label = parseLabel(cursor);
  if (!cursor.take("(")) return label;
  const type = parseType(cursor);
  cursor.expect(")");
  return { ...label, type };
}

function parseResourceBody(cursor: ParserCursor): WitResourceItem[] {
  if (!cursor.take("{")) throw cursor.unexpected(["{", ";"]);
  const items: WitResourceItem[] = [];
  while (!cursor.take("}")) items.push(parseResourceItem(cursor));
  return items;
}

function parseResourceItem(cursor: ParserCursor): WitResourceItem {
  const declared = cursor.declared();
  const at = cursor.at;
  if (cursor.take("constructor")) {
    const signature = parseSignature(cursor);
    cursor.expect(";");
    return { kind: "constructor", signature, ...declared, at };
  }
  if (!cursor.is(":", 1)) throw cursor.unexpected(["constructor", "}"], "a method");
  const { name } = cursor.identifier("the name of a method");
  cursor.expect(":");
  const kind = cursor.take("static") ? "static" : "method";
  const signature = parseFunctionType(cursor);
  cursor.expect(";");
  return { kind, name, signature, ...declared, at };
}
