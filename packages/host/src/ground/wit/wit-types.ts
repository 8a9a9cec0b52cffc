import type { PrimitiveKind, WitType } from "@golem-kit/wit";

/** Short names for the types that interface tables record. */
export const bool: WitType = { kind: "bool" };
export const u8: WitType = { kind: "u8" };
export const u16: WitType = { kind: "u16" };
export const u32: WitType = { kind: "u32" };
export const u64: WitType = { kind: "u64" };
export const string: WitType = { kind: "string" };
export const bytes: WitType = { kind: "list", element: u8 };

export function list(element: WitType): WitType {
  return { kind: "list", element };
}

export function option(some: WitType): WitType {
  return { kind: "option", some };
}

export function tuple(...items: readonly WitType[]): WitType {
  return { kind: "tuple", items };
}

export function result(ok: WitType | null, err: WitType | null): WitType {
  return { kind: "result", ok, err };
}

/** A record; field names in kebab-case. */
export function record(fields: Readonly<Record<string, WitType | PrimitiveKind>>): WitType {
  return {
    kind: "record",
    name: null,
    fields: Object.entries(fields).map(([name, type]) => ({
      name,
      type: typeof type === "string" ? { kind: type } : type,
    })),
  };
}

/** A variant; cases as they are written. */
export function variant(cases: Readonly<Record<string, WitType | null>>): WitType {
  return {
    kind: "variant",
    name: null,
    cases: Object.entries(cases).map(([name, type]) => ({ name, type })),
  };
}
