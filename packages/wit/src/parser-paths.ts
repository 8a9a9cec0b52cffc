import type { WitPackageName, WitPath, WitRename } from "./ast.ts";
import type { ParserCursor, WitName } from "./parser-cursor.ts";

/** `wasi:io@0.2.0`, also with nested namespaces and names: `a:b:c/d@1.0.0` */
export function parsePackageName(cursor: ParserCursor): WitPackageName {
  const first = cursor.identifier("the namespace of a package");
  if (!cursor.is(":")) throw cursor.unexpected([":"]);
  const { namespaces, names } = parseSegments(cursor, first);
  return packageName(first, namespaces, names, parseVersion(cursor));
}

/** `poll`, `wasi:io/poll@0.2.0`, also with nested namespaces and names: `a:b:c/d/poll` */
export function parsePath(cursor: ParserCursor): WitPath {
  const first = cursor.identifier("the name of an interface or world");
  if (!cursor.is(":")) return { name: first.name, at: first.at };
  const { namespaces, names } = parseSegments(cursor, first);
  const last = names.pop();
  if (names.length === 0 || last === undefined) throw cursor.unexpected(["/"]);
  return { package: packageName(first, namespaces, names, parseVersion(cursor)), name: last, at: first.at };
}

/** `name as other` */
export function parseRename(cursor: ParserCursor): WitRename {
  const { name, at } = cursor.identifier("a name");
  return cursor.take("as") ? { name, as: cursor.identifier("a new name").name, at } : { name, at };
}

function parseSegments(cursor: ParserCursor, first: WitName): { namespaces: string[]; names: string[] } {
  const namespaces: string[] = [];
  let current = first.name;
  while (cursor.take(":")) {
    namespaces.push(current);
    current = cursor.identifier("the name of a package").name;
  }
  const names = [current];
  while (cursor.take("/")) names.push(cursor.identifier("the name of an interface or world").name);
  return { namespaces, names };
}

function parseVersion(cursor: ParserCursor): string | undefined {
  return cursor.take("@") ? cursor.version() : undefined;
}

function packageName(
  { at }: WitName,
  namespaces: readonly string[],
  names: readonly string[],
  version: string | undefined,
): WitPackageName {
  return {
    namespace: namespaces.join(":"),
    name: names.join("/"),
    ...(version !== undefined && { version }),
    at,
  };
}
