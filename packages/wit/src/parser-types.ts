import type { WitParameter, WitSignature, WitTypeExpression } from "./ast.ts";
import { BUILT_IN_TYPES, isPrimitive } from "./keywords.ts";
import { nearestName } from "./nearest-name.ts";
import type { ParserCursor } from "./parser-cursor.ts";

/** `list<tuple<string, u32>>` */
export function parseType(cursor: ParserCursor): WitTypeExpression {
  const { at } = cursor;
  return { ...parseTypeAt(cursor), at };
}

function parseTypeAt(cursor: ParserCursor): WitTypeExpression {
  const token = cursor.peek();
  if (token.kind === "identifier") {
    if (isPrimitive(token.text)) {
      cursor.expect(token.text);
      return { kind: token.text };
    }
    const parametric = parseParametric(cursor, token.text);
    if (parametric !== undefined) return parametric;
  }
  const { name } = cursor.identifier("a type");
  if (cursor.is("<")) {
    const nearest = nearestName(name, BUILT_IN_TYPES);
    throw cursor.error(`\`${name}\` takes no type parameters`, nearest, token);
  }
  return { kind: "named", name };
}

function parseParametric(cursor: ParserCursor, constructor: string): WitTypeExpression | undefined {
  switch (constructor) {
    case "list":
      return inAngles(cursor, () => {
        const element = parseType(cursor);
        return cursor.take(",")
          ? { kind: "list", element, length: cursor.integer("the length of the list") }
          : { kind: "list", element };
      });
    case "map":
      return inAngles(cursor, () => {
        const key = parseType(cursor);
        cursor.expect(",");
        return { kind: "map", key, value: parseType(cursor) };
      });
    case "option":
      return inAngles(cursor, () => ({ kind: "option", some: parseType(cursor) }));
    case "tuple":
      cursor.expect("tuple");
      cursor.expect("<");
      return { kind: "tuple", items: cursor.commaSeparated(">", () => parseType(cursor)) };
    case "result":
      return cursor.is("<", 1)
        ? inAngles(cursor, () => parseResult(cursor))
        : bare(cursor, { kind: "result" });
    case "own":
    case "borrow":
      return inAngles(cursor, () => {
        return { kind: constructor, resource: cursor.identifier("the name of a resource").name };
      });
    case "future":
    case "stream":
      return cursor.is("<", 1)
        ? inAngles(cursor, () => ({ kind: constructor, element: parseType(cursor) }))
        : bare(cursor, { kind: constructor });
    case "error-context":
      return bare(cursor, { kind: constructor });
    default:
      return undefined;
  }
}

/** Between the angles of `result<_, E>`, `result<T>` and `result<T, E>`. */
function parseResult(cursor: ParserCursor): WitTypeExpression {
  if (cursor.take("_")) {
    cursor.expect(",");
    return { kind: "result", err: parseType(cursor) };
  }
  const ok = parseType(cursor);
  return cursor.take(",") ? { kind: "result", ok, err: parseType(cursor) } : { kind: "result", ok };
}

function bare(cursor: ParserCursor, type: WitTypeExpression): WitTypeExpression {
  cursor.expect(type.kind);
  return type;
}

/** Skips the type's name and reads what stands in its angles. */
function inAngles(cursor: ParserCursor, content: () => WitTypeExpression): WitTypeExpression {
  cursor.expect(cursor.peek().text);
  cursor.expect("<");
  const type = content();
  if (!cursor.take(">")) throw cursor.unexpected([">"]);
  return type;
}

/** `func(a: u32) -> string`, with or without `async`. */
export function parseFunctionType(cursor: ParserCursor): WitSignature {
  const isAsync = cursor.take("async");
  cursor.expect("func");
  const signature = parseSignature(cursor);
  return isAsync ? { async: true, ...signature } : signature;
}

/** `(a: u32) -> string` */
export function parseSignature(cursor: ParserCursor): WitSignature {
  cursor.expect("(");
  const params = cursor.commaSeparated(")", () => parseParameter(cursor));
  return cursor.take("->") ? { params, result: parseType(cursor) } : { params };
}

function parseParameter(cursor: ParserCursor): WitParameter {
  const { name, at } = cursor.identifier("the name of a parameter");
  cursor.expect(":");
  return { name, type: parseType(cursor), at };
}
