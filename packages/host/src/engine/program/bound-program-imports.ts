import { camelCase, pascalCase, type WitFunction, type WitType, type WitWorld } from "@golem-kit/wit";

import { withoutVersion } from "../../ground/wit/interface-name.ts";
import type { BoundImports } from "../bound-imports.ts";
import { resourceMapper, type ResourceMapper } from "../map-resources.ts";
import { GuestHandles } from "./guest-handles.ts";
import type { ProgramImports } from "./program.ts";

type Callable = (...args: unknown[]) => unknown;
type Class = Callable & (new (...args: unknown[]) => object) & { readonly prototype: object };

/** Has a program call what is bound for components, in the way in which the glue of a component calls it. */
export class BoundProgramImports implements ProgramImports {
  readonly handles = new GuestHandles();
  readonly #functions = new Map<string, WitFunction>();
  readonly #bound: BoundImports["imports"];

  constructor(world: WitWorld, { imports }: BoundImports) {
    this.#bound = imports;
    for (const item of world.imports.values()) {
      if (item.kind !== "interface") continue;
      const { id, functions } = item.interface;
      for (const fn of functions.values()) this.#functions.set(functionKey(id, fn.name), fn);
    }
  }

  async call(interfaceId: string, functionName: string, args: readonly unknown[]): Promise<unknown> {
    const bound = this.#bound[withoutVersion(interfaceId)] ?? {};
    const dropped = /^\[resource-drop\](.+)$/.exec(functionName)?.[1];
    if (dropped !== undefined) return this.#drop(args[0]);
    const fn = this.#functions.get(functionKey(interfaceId, functionName));
    if (fn === undefined) {
      throw new Error(
        `The program calls ${interfaceId}.${functionName}, which its component does not import. ` +
          "What to do: build it, so that both are of the same sources.",
      );
    }
    const call = this.#callable(bound, fn, args);
    const given = fn.kind === "method" ? args.slice(1) : args;
    const params = given.map((arg, at) => mapped(fn.params[at]?.type, this.#classOf(bound), arg));
    const result = await call(params);
    if (fn.kind === "constructor") return this.handles.add(result);
    return mapped(fn.result, (_, resource) => this.handles.add(resource), result);
  }

  #callable(
    bound: Readonly<Record<string, unknown>>,
    fn: WitFunction,
    [self]: readonly unknown[],
  ): (args: readonly unknown[]) => unknown {
    const { name, kind, resource } = fn;
    if (resource === null) return (args) => (bound[camelCase(name)] as Callable)(...args);
    const constructor = bound[pascalCase(resource)] as Class;
    if (kind === "constructor") return (args) => new constructor(...args);
    const member = camelCase(name.slice(name.indexOf(".") + 1));
    if (kind === "static") return (args) => (Reflect.get(constructor, member) as Callable)(...args);
    const method = Reflect.get(constructor.prototype, member) as Callable;
    // What the program does not hold is nobody's, as the glue has it.
    const instance = this.handles.get(self) ?? Object.create(constructor.prototype);
    return (args) => method.apply(instance, [...args]);
  }

  #classOf(bound: Readonly<Record<string, unknown>>): ResourceMapper {
    return (resource, handle, ownership) => {
      const held = ownership === "own" ? this.handles.take(handle) : this.handles.get(handle);
      const of = resource.interface === null ? bound : this.#bound[withoutVersion(resource.interface)];
      const constructor = of?.[pascalCase(resource.name)] as Class | undefined;
      return held ?? Object.create(constructor?.prototype ?? null);
    };
  }

  #drop(handle: unknown): void {
    const held = this.handles.take(handle);
    if (held !== undefined) (held as Disposable)[Symbol.dispose]();
  }
}

/** A value with its resources replaced. */
export function mapped(type: WitType | null | undefined, map: ResourceMapper, value: unknown): unknown {
  return resourceMapper(type ?? null, map)?.(value) ?? value;
}

function functionKey(interfaceId: string, functionName: string): string {
  return `${withoutVersion(interfaceId)}#${functionName}`;
}
