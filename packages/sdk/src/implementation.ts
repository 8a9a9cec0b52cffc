/**
 * What a component exports for an interface of its WIT: every function may also be `async`. Resources are classes.
 *
 * @typeParam Interface the interface's generated module
 * @example
 * ```ts
 * // import type * as Exports from "shop:orders-exports/api";
 * const api: Implementation<typeof Exports> = {
 *   place: async (key) => key.length,
 * };
 * ```
 */
export type Implementation<Interface> = {
  readonly [Name in keyof Interface]: Interface[Name] extends abstract new (
    ...args: infer Args
  ) => infer Resource
    ? ResourceClass<Interface[Name], Args, Resource>
    : MaybeAsync<Interface[Name]>;
};

/** A class with the resource's methods and statics; the handle's own disposal is the bindings' affair. */
type ResourceClass<Class, Args extends unknown[], Resource> = (new (...args: Args) => {
  [Method in Exclude<keyof Resource, typeof Symbol.dispose>]: MaybeAsync<Resource[Method]>;
}) & { [Static in Exclude<keyof Class, "prototype">]: MaybeAsync<Class[Static]> };

type MaybeAsync<Member> = Member extends (...args: infer Args) => infer Result
  ? (...args: Args) => Result | Promise<Awaited<Result>>
  : Member;
