/**
 * The functions of an interface's generated types, `typeof import("shop:orders-exports/api")`, as they are called from
 * outside: by their camelCase names, always with a promise.
 */
export type FunctionName<Api> = unknown extends Api ? string : FunctionKeys<Api>;

type FunctionKeys<Api> = {
  [Key in keyof Api & string]: Api[Key] extends (...values: never[]) => unknown ? Key : never;
}[keyof Api & string];

export type Arguments<Api, Name> = Name extends keyof Api
  ? Api[Name] extends (...values: infer Values) => unknown
    ? Values
    : readonly unknown[]
  : readonly unknown[];

export type Result<Api, Name> = Name extends keyof Api
  ? Api[Name] extends (...values: never[]) => infer Value
    ? Awaited<Value>
    : unknown
  : unknown;

/** The functions of an interface as methods that are called from outside. */
export type CallableApi<Api> = {
  readonly [Name in FunctionName<Api>]: (...values: Arguments<Api, Name>) => Promise<Result<Api, Name>>;
};
