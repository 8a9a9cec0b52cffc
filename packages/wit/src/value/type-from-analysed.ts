import type { WitResource, WitType } from "../model.ts";
import { primitiveKinds } from "./analysed-type.ts";
import { describeValue } from "./describe.ts";
import { type ValuePath, WitValueError, rootPath } from "./value-error.ts";

type Json = Readonly<Record<string, unknown>>;
type ResourceOf = (resourceId: number) => WitResource;

/**
 * Reads Golem's spelling of a type, as it came with a request: anything may be in it. Types are anonymous afterwards.
 *
 * @param resource the resource of a number; by default a resource with that number as its name
 * @throws WitValueError when it is no such spelling
 */
export function typeFromAnalysed(
  json: unknown,
  resource: ResourceOf = (id) => ({ name: String(id), interface: null }),
): WitType {
  return read(json, rootPath("typ"), resource);
}

function read(json: unknown, path: ValuePath, resource: ResourceOf): WitType {
  const typ = objectAt(json, path);
  const part = (key: string): WitType => read(typ[key], field(path, key), resource);
  const optionalPart = (key: string): WitType | null => ((typ[key] ?? null) === null ? null : part(key));
  const primitive = primitiveKinds.get(String(typ["type"]));
  if (primitive !== undefined) return { kind: primitive };
  switch (typ["type"]) {
    case "List":
      return { kind: "list", element: part("inner") };
    case "Option":
      return { kind: "option", some: part("inner") };
    case "Tuple":
      return { kind: "tuple", items: readAll(typ, "items", path, (item, at) => read(item, at, resource)) };
    case "Result":
      return { kind: "result", ok: optionalPart("ok"), err: optionalPart("err") };
    case "Record":
      return {
        kind: "record",
        name: null,
        fields: readAll(typ, "fields", path, (item, at) => {
          const { name, typ: fieldType } = objectAt(item, at);
          return {
            name: stringAt(name, field(at, "name")),
            type: read(fieldType, field(at, "typ"), resource),
          };
        }),
      };
    case "Variant":
      return {
        kind: "variant",
        name: null,
        cases: readAll(typ, "cases", path, (item, at) => {
          const { name, typ: payload = null } = objectAt(item, at);
          const type = payload === null ? null : read(payload, field(at, "typ"), resource);
          return { name: stringAt(name, field(at, "name")), type };
        }),
      };
    case "Enum":
      return { kind: "enum", name: null, cases: readAll(typ, "cases", path, stringAt) };
    case "Flags":
      return { kind: "flags", name: null, names: readAll(typ, "names", path, stringAt) };
    case "Handle":
      return readHandle(typ, path, resource);
    default:
      throw wrong("the name of a type, e.g. Str or Record", typ["type"], field(path, "type"));
  }
}

function readHandle(typ: Json, path: ValuePath, resource: ResourceOf): WitType {
  const { mode, resource_id: id } = typ;
  if (mode !== "Owned" && mode !== "Borrowed") throw wrong("Owned or Borrowed", mode, field(path, "mode"));
  if (!Number.isSafeInteger(id)) throw wrong("an integer", id, field(path, "resource_id"));
  return { kind: mode === "Owned" ? "own" : "borrow", resource: resource(id as number) };
}

function readAll<T>(typ: Json, key: string, path: ValuePath, one: (item: unknown, at: ValuePath) => T): T[] {
  const items = typ[key];
  if (!Array.isArray(items)) throw wrong("an array", items, field(path, key));
  return items.map((item, index) => one(item, { parent: field(path, key), step: { kind: "index", index } }));
}

function objectAt(json: unknown, path: ValuePath): Json {
  if (typeof json !== "object" || json === null) throw wrong("an object", json, path);
  return json as Json;
}

function stringAt(json: unknown, path: ValuePath): string {
  if (typeof json !== "string") throw wrong("a string", json, path);
  return json;
}

function field(parent: ValuePath, name: string): ValuePath {
  return { parent, step: { kind: "payload", name } };
}

function wrong(expected: string, found: unknown, path: ValuePath): WitValueError {
  return new WitValueError(path, { expected, found: describeValue(found) });
}
