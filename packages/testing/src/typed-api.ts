declare global {
  /**
   * What the components of the application export: by their names, the types of their functions by interface. Builds write it,
   * to `generated/registry.d.ts` of each.
   */
  interface GolemKitComponents {}
}

/** A component whose types are known. */
export type KnownComponent = keyof GolemKitComponents;

/** The functions of a component by their camelCase names, unless several interfaces have them, and by those in full. */
export type ComponentApi<Component extends KnownComponent> = Flat<GolemKitComponents[Component]> &
  InFull<GolemKitComponents[Component]>;

/** `shop:orders-exports/api.{add-line}` */
type InFull<Interfaces> = {
  [Name in FullNames<Interfaces, keyof Interfaces>]: Name extends `${infer Id}.{${infer Local}}`
    ? Member<Member<Interfaces, Id>, CamelCase<Local>>
    : never;
};

type FullNames<Interfaces, Id extends keyof Interfaces> = Id extends keyof Interfaces & string
  ? `${Id}.{${KebabCase<FunctionKeys<Interfaces[Id]>>}}`
  : never;

type Member<Type, Key> = Key extends keyof Type ? Type[Key] : never;

type Flat<Interfaces> = {
  [
    Name in FunctionsOf<Interfaces, keyof Interfaces> as IsOne<Owners<Interfaces, Name>> extends true
      ? Name
      : never
  ]: Interfaces[Owners<Interfaces, Name>][Name & keyof Interfaces[Owners<Interfaces, Name>]];
};

type FunctionsOf<Interfaces, Id extends keyof Interfaces> = Id extends keyof Interfaces
  ? FunctionKeys<Interfaces[Id]>
  : never;

/** The interfaces that have a function of that name. */
type Owners<Interfaces, Name> = {
  [Id in keyof Interfaces]: Name extends FunctionKeys<Interfaces[Id]> ? Id : never;
}[keyof Interfaces];

type IsOne<Union, Each = Union> = Each extends Union ? ([Union] extends [Each] ? true : false) : never;

/**
 * The functions of an interface's generated types, `typeof import("shop:orders-exports/api")`, as they are called from
 * outside: by their names in TypeScript or in WIT, always with a promise. Other names with a dot, such as `invoice.new`, are
 * checked when they are called.
 */
export type FunctionName<Api> = unknown extends Api
  ? string
  : FunctionKeys<Api> | KebabCase<LocalNames<Api>> | `${string}.${string}`;

/** Without those in full. */
type LocalNames<Api> = Exclude<FunctionKeys<Api>, `${string}.${string}`>;

type FunctionKeys<Api> = {
  [Key in keyof Api & string]: Api[Key] extends (...values: never[]) => unknown ? Key : never;
}[keyof Api & string];

type KebabCase<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? First extends Lowercase<First>
    ? `${First}${KebabCase<Rest>}`
    : `-${Lowercase<First>}${KebabCase<Rest>}`
  : Name;

type CamelCase<Name> = Name extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<CamelCase<Rest> & string>}`
  : Name;

/** The key under which an API has a function. */
type KeyOf<Api, Name> = Name extends keyof Api ? Name : CamelCase<Name> & keyof Api;

export type Arguments<Api, Name> = Api[KeyOf<Api, Name>] extends (...values: infer Values) => unknown
  ? Values
  : readonly unknown[];

export type Result<Api, Name> = Api[KeyOf<Api, Name>] extends (...values: never[]) => infer Value
  ? Awaited<Value>
  : unknown;

/** The functions of an interface as methods that are called from outside. */
export type CallableApi<Api> = {
  readonly [Name in unknown extends Api ? string : LocalNames<Api>]: Method<
    Arguments<Api, Name>,
    Promise<Result<Api, Name>>
  >;
};

/** A method rather than a property: a worker whose functions are known is also one whose functions are not. */
type Method<Values extends readonly unknown[], Value> = { call(...values: Values): Value }["call"];
