import {
  camelCase,
  parseWitId,
  pascalCase,
  type WitFunction,
  type WitType,
  type WitWorld,
} from "@golem-kit/wit";
import type { ProgramExport } from "@golem-kit/host";

import type { Bindings } from "./bindings.ts";
import { type ConvertResource, lift, lower } from "./convert.ts";

type Callable = (...args: unknown[]) => unknown;
type Holder = Readonly<Record<string, unknown>>;

/** What a program exports, called as the engine calls it. */
export class GuestExports {
  readonly #world: WitWorld;
  readonly #program: Holder;
  readonly #bindings: Bindings;
  /** The program's own resources that callers hold, by number. */
  readonly #resources = new Map<number, object>();
  #next = 1;

  /** @param program the module that was loaded */
  constructor(world: WitWorld, program: Holder, bindings: Bindings) {
    this.#world = world;
    this.#program = program;
    this.#bindings = bindings;
  }

  /**
   * Calls an exported function. A WIT `result` is returned as `{ tag, val }`.
   *
   * @param during given the promise of an asynchronous function, has what it waits for happen
   * @throws whatever is a trap
   */
  async call<T>(
    { exportKey, functionName, kind, resource }: ProgramExport,
    params: readonly unknown[],
    during: (promise: Promise<unknown>) => Promise<T>,
  ): Promise<unknown> {
    if (kind === "drop") return this.#drop(params[0] as number);
    const fn = this.#functionOf(exportKey, functionName);
    const given = kind === "method" ? params.slice(1) : params;
    const args = given.map((value, at) => lift(fn.params[at]?.type ?? null, value, this.#lift));
    const self = kind === "method" ? this.#resources.get(params[0] as number) : undefined;
    const invoke = this.#callable(exportKey, fn, resource, self);
    // The engine runs an asynchronous function around it, so that nothing of it is thrown at once.
    const running = (async () => invoke(args))();
    if (fn.result?.kind !== "result") return this.#lower(fn.result, await during(running));
    return this.#lower(fn.result, await during(resultOf(running)));
  }

  #callable(
    exportKey: string | null,
    { name, kind }: WitFunction,
    resource: string | null,
    self: object | undefined,
  ): (args: readonly unknown[]) => unknown {
    const member = camelCase(name.slice(name.indexOf(".") + 1));
    if (exportKey === null) return (args) => memberOf(this.#program, member)(...args);
    const key = camelCase(parseWitId(exportKey)?.name ?? exportKey);
    const holder = (this.#program[exportKey] ?? this.#program[key]) as Holder;
    if (resource === null) return (args) => memberOf(holder, member).apply(holder, [...args]);
    if (kind === "method") return (args) => memberOf(self, member).apply(self, [...args]);
    const constructor = memberOf(holder, pascalCase(resource)) as unknown as new (
      ...args: unknown[]
    ) => object;
    if (kind === "static") return (args) => memberOf(constructor, member).apply(constructor, [...args]);
    return (args) => new constructor(...args);
  }

  #functionOf(exportKey: string | null, name: string): WitFunction {
    const item = this.#world.exports.get(exportKey ?? name);
    const fn = item?.kind === "interface" ? item.interface.functions.get(name) : item?.function;
    if (fn === undefined) throw new Error(`The component does not export ${exportKey ?? ""} ${name}`);
    return fn;
  }

  #drop(handle: number): void {
    const resource = this.#resources.get(handle);
    this.#resources.delete(handle);
    const dispose: unknown = resource && Reflect.get(resource, Symbol.dispose);
    if (typeof dispose === "function") dispose.call(resource);
  }

  readonly #lift: ConvertResource = (resource, value, ownership) => {
    if (this.#bindings.has(resource)) return this.#bindings.liftResource(resource, value, ownership);
    const own = this.#resources.get(value as number);
    if (ownership === "own") this.#resources.delete(value as number);
    return own;
  };

  #lower(type: WitType | null, value: unknown): unknown {
    return lower(type, value, (resource, given, ownership) => {
      if (this.#bindings.has(resource)) return this.#bindings.lowerResource(resource, given, ownership);
      const handle = this.#next;
      this.#next += 1;
      this.#resources.set(handle, given as object);
      return handle;
    });
  }
}

/** A WIT `result` of what a function returns or throws. An error without a payload is none. */
async function resultOf(running: Promise<unknown>): Promise<unknown> {
  try {
    return { tag: "ok", val: await running };
  } catch (error) {
    if (typeof error === "object" && error !== null && Object.hasOwn(error, "payload"))
      return { tag: "err", val: (error as { readonly payload: unknown }).payload };
    if (error instanceof Error) throw error;
    return { tag: "err", val: error };
  }
}

function memberOf(holder: unknown, name: string): Callable {
  const member: unknown = holder === undefined ? undefined : Reflect.get(holder as object, name);
  if (typeof member !== "function") throw new Error(`The program does not export ${name}`);
  return member as Callable;
}
