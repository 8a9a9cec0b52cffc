import { pathToFileURL } from "node:url";

import { camelCase, pascalCase } from "@golem-kit/wit";

import { withoutVersion } from "../ground/wit/interface-name.ts";
import type { BoundImports, HostResources, ImportObject } from "./bound-imports.ts";
import { HostHandles } from "./host-handles.ts";
import { runStart } from "./exported-start.ts";
import { type MemoryImage, writeImage } from "./memory-image.ts";
import type { CallableExport, GuestInstance, HandleTable } from "./guest-instance.ts";
import { type GuestImage, GuestState } from "./guest-state.ts";
import { resourceMapper } from "./map-resources.ts";
import { type YieldPolicy, Yielding } from "./preemption/yielding.ts";
import type { ComponentCode } from "./transpiler.ts";

type Exports = Readonly<Record<string, unknown>>;
type Instantiate = (
  getCoreModule: (name: string) => WebAssembly.Module,
  imports: ImportObject,
  instantiateCore: (
    module: WebAssembly.Module,
    imports?: WebAssembly.Imports,
  ) => Promise<WebAssembly.Instance>,
) => Promise<Exports>;
type Callable = (...args: unknown[]) => unknown;
type PreparedCall = (params: readonly unknown[]) => Promise<unknown>;

/** A running component: its own memory, its own resources. Entered by one call at a time; after a trap, never again. */
export class Instance implements GuestInstance {
  readonly #exports: Exports;
  readonly #handles: HandleTable;
  readonly #imports: HostResources;
  readonly #state: GuestState;
  readonly #yielding: Yielding;
  readonly #prepared = new WeakMap<CallableExport, PreparedCall>();

  private constructor(
    exports: Exports,
    imports: HostResources,
    handles: HandleTable,
    state: GuestState,
    yielding: Yielding,
  ) {
    this.#exports = exports;
    this.#imports = imports;
    this.#handles = handles;
    this.#state = state;
    this.#yielding = yielding;
  }

  static async create(
    code: ComponentCode,
    { imports, plain, resources }: BoundImports,
    handles: HandleTable,
    policy: YieldPolicy,
  ): Promise<Instance> {
    const glue: { readonly instantiate: Instantiate } = await import(pathToFileURL(code.glue).href);
    const hostHandles = new HostHandles(resources);
    const state = new GuestState(hostHandles);
    const yielding = new Yielding(policy);
    const images = new Map<WebAssembly.Module, MemoryImage>();
    const exports = await glue.instantiate(
      (name) => {
        const module = moduleOf(code, name);
        const image = code.images.get(name);
        if (image !== undefined) images.set(module, image);
        return module;
      },
      imports,
      Object.assign(
        async (module: WebAssembly.Module, coreImports?: WebAssembly.Imports) => {
          const instance = await WebAssembly.instantiate(module, withPlainImports(coreImports, plain));
          const image = images.get(module);
          if (image !== undefined) writeImage(instance, image);
          state.add(instance, module, image);
          yielding.add(instance);
          await runStart(instance);
          return instance;
        },
        { handleTables: hostHandles.tables },
      ),
    );
    return new Instance(exports, resources, handles, state, yielding);
  }

  get handles(): Readonly<Record<string, number>> {
    return this.#imports.handles;
  }

  get memorySize(): number {
    return this.#state.size;
  }

  get obstacle(): string | undefined {
    return this.#state.obstacle;
  }

  capture(): GuestImage {
    return this.#state.capture();
  }

  restore(image: GuestImage): void {
    this.#state.restore(image);
  }

  yieldSoon(): void {
    this.#yielding.soon();
  }

  call(target: CallableExport, params: readonly unknown[]): Promise<unknown> {
    let prepared = this.#prepared.get(target);
    if (prepared === undefined) {
      prepared = this.#prepare(target);
      this.#prepared.set(target, prepared);
    }
    return prepared(params);
  }

  #prepare(target: CallableExport): PreparedCall {
    const toGuest = target.params.map((param) =>
      resourceMapper(param.type, (resource, value, ownership) =>
        this.#imports.has(resource)
          ? this.#imports.wrap(resource, value)
          : this.#handles.get(value, ownership),
      ),
    );
    const { result } = target.function;
    const fromGuest = resourceMapper(result, (resource, instance) => this.#handles.add(resource, instance));
    const invoke = this.#callable(target);
    const isResult = result?.kind === "result";
    return async (params) => {
      const args = params.map((value, at) => toGuest[at]?.(value) ?? value);
      const returned = isResult ? await resultOf(() => invoke(args)) : await invoke(args);
      return fromGuest === null ? returned : fromGuest(returned);
    };
  }

  #callable({
    exportKey,
    function: fn,
    kind,
    resource,
  }: CallableExport): (args: readonly unknown[]) => unknown {
    const holder = exportKey === null ? this.#exports : this.#exports[exportKey];
    if (!isObject(holder)) throw new Error(`The component does not export ${exportKey ?? "functions"}`);
    if (resource === null) return (args) => memberOf(holder, camelCase(fn.name))(...args);
    if (kind === "drop") return ([self]) => (self as Disposable)[Symbol.dispose]();
    const member = camelCase(fn.name.slice(fn.name.indexOf(".") + 1));
    if (kind === "method") return ([self, ...args]) => memberOf(self, member).apply(self, args);
    const resourceClass = memberOf(holder, pascalCase(resource)) as Callable &
      (new (...args: unknown[]) => unknown);
    if (kind === "static") return (args) => memberOf(resourceClass, member)(...args);
    return (args) => new resourceClass(...args);
  }
}

/** Replaces the glue's functions where a plain one does. */
function withPlainImports(
  imports: WebAssembly.Imports | undefined,
  plain: BoundImports["plain"],
): WebAssembly.Imports {
  const replaced: WebAssembly.Imports = {};
  for (const [from, values] of Object.entries(imports ?? {})) {
    const interfaceId = withoutVersion(from);
    const own = { ...values };
    for (const name of Object.keys(own)) {
      const core = plain.get(`${interfaceId}#${name}`);
      if (core !== undefined) own[name] = core;
    }
    replaced[from] = own;
  }
  return replaced;
}

/** The glue returns the `ok` of a WIT result and throws its `err`, as it is or as the payload of an error. */
async function resultOf(call: () => unknown): Promise<unknown> {
  try {
    return { tag: "ok", val: await call() };
  } catch (error) {
    if (!(error instanceof Error)) return { tag: "err", val: error };
    if (Object.hasOwn(error, "payload")) return { tag: "err", val: Reflect.get(error, "payload") };
    throw error;
  }
}

function isObject(value: unknown): value is Exports {
  return typeof value === "object" && value !== null;
}

function memberOf(holder: unknown, name: string): Callable {
  const member: unknown =
    isObject(holder) || typeof holder === "function" ? Reflect.get(holder, name) : undefined;
  if (typeof member !== "function") throw new Error(`The component does not export ${name}`);
  return member as Callable;
}

function moduleOf(code: ComponentCode, name: string): WebAssembly.Module {
  const module = code.modules.get(name);
  if (module === undefined) throw new Error(`The transpiled component lacks its core module ${name}`);
  return module;
}
