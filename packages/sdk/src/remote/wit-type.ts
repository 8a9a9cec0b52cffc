/**
 * Descriptions of WIT types, from which a call without a generated client gets both its TypeScript types and the values
 * on the wire. Values are those of the bindings: `{ tag, val }` for variants and results, `undefined` for a missing option.
 *
 * @example
 * ```ts
 * const quantities: WitType<number[]> = wit.list(wit.u32);
 * const nodes = toWitValue(quantities, [1, 2, 3]);
 * ```
 */
export type WitType<T> = { readonly node: TypeNode; readonly "~value"?: T };

/**
 * The value that a type describes.
 *
 * @example
 * ```ts
 * const line = wit.record({ sku: wit.string, quantity: wit.u32 });
 * const tea: ValueOf<typeof line> = { sku: "tea", quantity: 2 };
 * ```
 */
export type ValueOf<Type extends AnyWitType> = Type extends WitType<infer T> ? T : never;

/**
 * Any type: for constraints.
 *
 * @example
 * ```ts
 * function pageOf<Item extends AnyWitType>(item: Item) {
 *   return wit.record({ items: wit.list(item), next: wit.option(wit.string) });
 * }
 * ```
 */
export type AnyWitType = WitType<unknown>;

export type NumberKind = "u8" | "u16" | "u32" | "s8" | "s16" | "s32" | "float32" | "float64";
export type PrimitiveKind = NumberKind | "u64" | "s64" | "char" | "bool" | "string";

/** The structure behind a {@link WitType}. Names are kebab-case, as in WIT. */
export type TypeNode =
  | { readonly kind: "primitive"; readonly primitive: PrimitiveKind }
  | { readonly kind: "record"; readonly fields: readonly { readonly key: string; readonly type: TypeNode }[] }
  | { readonly kind: "list"; readonly element: TypeNode }
  | { readonly kind: "tuple"; readonly items: readonly TypeNode[] }
  | { readonly kind: "option"; readonly some: TypeNode }
  | { readonly kind: "result"; readonly ok: TypeNode | undefined; readonly err: TypeNode | undefined }
  | {
      readonly kind: "variant";
      readonly cases: readonly { readonly name: string; readonly type: TypeNode | undefined }[];
    }
  | { readonly kind: "enum"; readonly names: readonly string[] }
  | { readonly kind: "flags"; readonly names: readonly string[] };

type Fields = Readonly<Record<string, AnyWitType>>;
type Cases = Readonly<Record<string, AnyWitType | null>>;
type OptionalKeys<F extends Fields> = {
  [K in keyof F]: undefined extends ValueOf<F[K]> ? K : never;
}[keyof F];
type RecordOf<F extends Fields> = { [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
  [K in OptionalKeys<F>]?: ValueOf<F[K]>;
};
type VariantOf<C extends Cases> = {
  [K in keyof C & string]: C[K] extends AnyWitType
    ? { tag: K; val: ValueOf<C[K]> }
    : { tag: K; val?: undefined };
}[keyof C & string];
type CaseValue<T extends AnyWitType | null> = T extends AnyWitType ? ValueOf<T> : undefined;
type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

function primitive<T>(kind: PrimitiveKind): WitType<T> {
  return { node: { kind: "primitive", primitive: kind } };
}

/**
 * WIT's types. Fields of a record are given in WIT's order, by their lowerCamelCase names; cases and flags in WIT's
 * order, by their kebab-case names.
 *
 * @example
 * ```ts
 * const line = wit.record({ sku: wit.string, quantity: wit.u32 });
 * const answer = wit.result(wit.list(line), wit.variant({ empty: null, "unknown-sku": wit.string }));
 * ```
 */
export const wit = {
  u8: primitive<number>("u8"),
  u16: primitive<number>("u16"),
  u32: primitive<number>("u32"),
  u64: primitive<bigint>("u64"),
  s8: primitive<number>("s8"),
  s16: primitive<number>("s16"),
  s32: primitive<number>("s32"),
  s64: primitive<bigint>("s64"),
  f32: primitive<number>("float32"),
  f64: primitive<number>("float64"),
  /** A string of one code point. */
  char: primitive<string>("char"),
  bool: primitive<boolean>("bool"),
  string: primitive<string>("string"),
  /** `list<u8>`. */
  bytes: { node: { kind: "list", element: { kind: "primitive", primitive: "u8" } } } as WitType<Uint8Array>,
  list: <E extends AnyWitType>(element: E): WitType<ValueOf<E>[]> => ({
    node: { kind: "list", element: element.node },
  }),
  option: <S extends AnyWitType>(some: S): WitType<ValueOf<S> | undefined> => ({
    node: { kind: "option", some: some.node },
  }),
  tuple: <const I extends readonly AnyWitType[]>(
    ...items: I
  ): WitType<{ [K in keyof I]: ValueOf<I[K]> }> => ({
    node: { kind: "tuple", items: items.map((item) => item.node) },
  }),
  /** `null` for a side without a value: `result<_, string>` is `wit.result(null, wit.string)`. */
  result: <O extends AnyWitType | null, E extends AnyWitType | null>(
    ok: O,
    err: E,
  ): WitType<{ tag: "ok"; val: CaseValue<O> } | { tag: "err"; val: CaseValue<E> }> => ({
    node: { kind: "result", ok: ok?.node, err: err?.node },
  }),
  record: <const F extends Fields>(fields: F): WitType<RecordOf<F>> => ({
    node: { kind: "record", fields: Object.entries(fields).map(([key, { node }]) => ({ key, type: node })) },
  }),
  /** `null` for a case without a value. */
  variant: <const C extends Cases>(cases: C): WitType<VariantOf<C>> => ({
    node: {
      kind: "variant",
      cases: Object.entries(cases).map(([name, type]) => ({ name, type: type?.node })),
    },
  }),
  enum: <const N extends readonly string[]>(...names: N): WitType<N[number]> => ({
    node: { kind: "enum", names },
  }),
  flags: <const N extends readonly string[]>(
    ...names: N
  ): WitType<{ [K in N[number] as Camel<K>]?: boolean }> => ({
    node: { kind: "flags", names },
  }),
} as const;

/** The name of a flag in JavaScript: `high-speed` is `highSpeed`. */
export function flagKey(name: string): string {
  return name.replace(/-([a-z\d])/g, (_, letter: string) => letter.toUpperCase());
}
