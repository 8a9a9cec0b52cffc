import type { JsonTree } from "@golem-kit/wit";
import { stringifyJson } from "@golem-kit/wit";

/** JSON that is not of the shape that a request needs; the message is worded as Golem does. */
export class JsonShapeError extends Error {
  override readonly name = "JsonShapeError" as const;
}

/** Reads one part of a request; a missing part is `undefined`. @throws JsonShapeError */
export type Shape<T> = (json: unknown) => T;

export function refuse(type: string, json: unknown): never {
  throw new JsonShapeError(
    `Expected input type "${type}", found ${stringifyJson((json ?? null) as JsonTree)}.`,
  );
}

export const string: Shape<string> = (json) => (typeof json === "string" ? json : refuse("string", json));

export const boolean: Shape<boolean> = (json) => (typeof json === "boolean" ? json : refuse("boolean", json));

/** An integer that a `number` holds exactly: indices, versions and counts do not grow larger. */
export const u64: Shape<number> = (json) =>
  typeof json === "number" && json >= 0 && Number.isSafeInteger(json)
    ? json
    : refuse("integer(uint64)", json);

export const u8: Shape<number> = (json) =>
  typeof json === "number" && json >= 0 && json <= 255 && Number.isInteger(json)
    ? json
    : refuse("integer(uint8)", json);

export function list<T>(name: string, item: Shape<T>): Shape<T[]> {
  return (json) => (Array.isArray(json) ? json.map(item) : refuse(`list_${name}`, json));
}

export function map<T>(name: string, item: Shape<T>): Shape<Record<string, T>> {
  return (json) => {
    if (!isObject(json)) return refuse(`map_${name}`, json);
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, item(value)]));
  };
}

/** Absent and `null` are the same. */
export function optional<T>(name: string, item: Shape<T>): Shape<T | undefined> {
  return (json) =>
    json === undefined || json === null ? undefined : within(`optional_${name}`, () => item(json));
}

export function oneOf<T extends string>(name: string, values: readonly T[]): Shape<T> {
  return (json) => values.find((value) => value === json) ?? refuse(name, json);
}

/** An object; fields that are not named are ignored. */
export function object<T>(name: string, fields: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  return (json) => {
    if (!isObject(json)) return refuse(name, json);
    const read = (key: string): [string, unknown] => [key, fields[key as keyof T](json[key])];
    return within(name, () => Object.fromEntries(Object.keys(fields).map(read)) as T);
  };
}

function within<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof JsonShapeError)) throw error;
    throw new JsonShapeError(`${error.message} (occurred while parsing "${name}")`);
  }
}

export function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}
