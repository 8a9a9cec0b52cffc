import {
  camelCase,
  pascalCase,
  type WitFunction,
  type WitInterface,
  type WitResource,
  type WitWorld,
} from "@golem-kit/wit";

import { ComponentError } from "./component-error.ts";
import { type ConvertResource, lift, lower } from "./convert.ts";
import type { HostCalls } from "./host-calls.ts";

/** The number of a handle, under a symbol of the description that the bindings of a component use. */
const HANDLE = Symbol("handle");

interface Held {
  [HANDLE]: number | undefined;
}

type ResourceClass = new (...args: unknown[]) => Held;

/** What a program imports, in JavaScript: for each interface its functions and classes. */
export class Bindings {
  readonly #world: WitWorld;
  readonly #host: HostCalls;
  readonly #classes = new Map<string, ResourceClass>();

  /** @param world of the program's component */
  constructor(world: WitWorld, host: HostCalls) {
    this.#world = world;
    this.#host = host;
  }

  /** Members of an interface by their names; `undefined` if the component does not import it in any version. */
  interface(id: string): ReadonlyMap<string, unknown> | undefined {
    const wit = this.#find(id);
    if (wit === undefined) return undefined;
    const members = new Map<string, unknown>();
    for (const name of wit.resources)
      members.set(pascalCase(name), this.#classOf({ name, interface: wit.id }));
    for (const fn of wit.functions.values()) {
      if (fn.kind === "freestanding") members.set(camelCase(fn.name), this.#function(wit.id, fn));
    }
    return members;
  }

  /** True if the resource is one of the host's. */
  has({ interface: id, name }: WitResource): boolean {
    return id !== null && this.#find(id)?.resources.includes(name) === true;
  }

  /** A resource that the program was given. */
  readonly liftResource: ConvertResource = (resource, handle) => {
    const instance = Object.create(this.#classOf(resource).prototype as object) as Held;
    instance[HANDLE] = handle as number;
    return instance;
  };

  /** A resource that the program passes; one that it passes for good it does not hold any more. */
  readonly lowerResource: ConvertResource = (resource, value, ownership) => {
    if (!(value instanceof this.#classOf(resource)))
      throw new TypeError(`Resource error: Not a valid "${pascalCase(resource.name)}" resource.`);
    const handle = value[HANDLE];
    if (ownership === "own") value[HANDLE] = undefined;
    return handle;
  };

  #find(id: string): WitInterface | undefined {
    const name = withoutVersion(id);
    const key = this.#world.imports.has(id)
      ? id
      : [...this.#world.imports.keys()].find((each) => withoutVersion(each) === name);
    const item = key === undefined ? undefined : this.#world.imports.get(key);
    return item?.kind === "interface" ? item.interface : undefined;
  }

  #function(id: string, fn: WitFunction): (...args: unknown[]) => unknown {
    const call = (...args: unknown[]): unknown => this.#call(id, fn, args);
    return Object.defineProperty(call, "name", { value: camelCase(fn.name.slice(fn.name.indexOf(".") + 1)) });
  }

  /** @param self handle of the resource whose method it is */
  #call(id: string, fn: WitFunction, args: readonly unknown[], self?: unknown): unknown {
    const params = fn.params.map(({ type }, at) => lower(type, args[at], this.lowerResource));
    const value = this.#host.call(id, fn.name, fn.kind === "method" ? [self, ...params] : params);
    if (fn.kind === "constructor") return value;
    const result = lift(fn.result, value, this.liftResource);
    if (fn.result?.kind !== "result") return result;
    const { tag, val } = result as { readonly tag: "ok" | "err"; readonly val: unknown };
    if (tag === "err") throw new ComponentError(val);
    return val;
  }

  #classOf(resource: WitResource): ResourceClass {
    const id = resource.interface ?? "";
    const key = `${withoutVersion(id)}#${resource.name}`;
    let known = this.#classes.get(key);
    if (known === undefined) {
      known = this.#makeClass(id, resource.name);
      this.#classes.set(key, known);
    }
    return known;
  }

  #makeClass(id: string, name: string): ResourceClass {
    const functions = [...(this.#find(id)?.functions.values() ?? [])].filter((fn) => fn.resource === name);
    const constructor = functions.find(({ kind }) => kind === "constructor");
    const construct = (args: readonly unknown[]): number => {
      if (constructor === undefined) throw new TypeError(`The resource ${name} has no constructor`);
      return this.#call(id, constructor, args) as number;
    };
    const drop = (handle: number): void => void this.#host.call(id, `[resource-drop]${name}`, [handle]);
    const call = (fn: WitFunction, args: readonly unknown[], self: unknown): unknown =>
      this.#call(id, fn, args, self);
    const made = class implements Held {
      [HANDLE]: number | undefined;

      constructor(...args: unknown[]) {
        this[HANDLE] = construct(args);
      }

      [Symbol.dispose](): void {
        const handle = this[HANDLE];
        this[HANDLE] = undefined;
        if (handle !== undefined) drop(handle);
      }
    };
    Object.defineProperty(made, "name", { value: pascalCase(name) });
    for (const fn of functions) {
      if (fn.kind === "static")
        Object.defineProperty(made, memberOf(fn), { value: this.#function(id, fn), configurable: true });
      if (fn.kind !== "method") continue;
      Object.defineProperty(made.prototype, memberOf(fn), {
        value(this: Held, ...args: unknown[]): unknown {
          return call(fn, args, this[HANDLE]);
        },
        configurable: true,
      });
    }
    return made;
  }
}

function memberOf({ name }: WitFunction): string {
  return camelCase(name.slice(name.indexOf(".") + 1));
}

function withoutVersion(id: string): string {
  return id.replace(/@.*$/, "");
}
