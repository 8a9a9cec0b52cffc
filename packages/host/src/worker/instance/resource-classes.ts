import type { WitResource } from "@golem-kit/wit";

import { keep, type KeptObject, revive } from "./kept-object.ts";
import type { BoundFunction } from "./durable-call.ts";

/** The host object that a guest's handle stands for. */
const HOST_OBJECT = Symbol("host object");

interface ResourceInstance {
  [HOST_OBJECT]: unknown;
}

/** A handle that an image has. */
interface KeptResource {
  /** `wasi:keyvalue/types#bucket`. */
  readonly kind: string;
  readonly object: KeptObject;
}

interface ResourceClass {
  readonly constructor: new (...args: unknown[]) => ResourceInstance;
  construct: BoundFunction | undefined;
  drop: BoundFunction | undefined;
}

/**
 * The JavaScript classes of one instance's resources. Each instance has its own, so that a handle of another worker is
 * not an instance of anything here.
 */
export class ResourceClasses {
  readonly #classes = new Map<string, ResourceClass>();
  readonly #handles = new Map<string, number>();
  #held = 0;

  /** How many handles the guest holds, by `wasi:io/poll#pollable`; kinds of which it holds none are left out. */
  get handles(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#handles].filter(([, count]) => count !== 0));
  }

  /** How many handles the guest holds, of all kinds. */
  get held(): number {
    return this.#held;
  }

  /** How many it holds of one kind: `wasi:sockets/tcp#tcp-socket`. */
  heldOf(kind: string): number {
    return this.#handles.get(kind) ?? 0;
  }

  /** True if the resource is one of the host's, not of the guest. */
  has(resource: WitResource): boolean {
    return this.#classes.has(resourceKey(resource));
  }

  get(resource: WitResource): new (...args: unknown[]) => unknown {
    return this.#of(resource).constructor;
  }

  onConstruct(resource: WitResource, construct: BoundFunction): void {
    this.#of(resource).construct = construct;
  }

  onDrop(resource: WitResource, drop: BoundFunction): void {
    this.#of(resource).drop = drop;
  }

  addStatic(resource: WitResource, name: string, fn: BoundFunction): void {
    Object.defineProperty(this.#of(resource).constructor, name, { value: fn, configurable: true });
  }

  addMethod(resource: WitResource, name: string, fn: BoundFunction): void {
    Object.defineProperty(this.#of(resource).constructor.prototype, name, {
      value(this: unknown, ...args: unknown[]): unknown {
        return fn(this, ...args);
      },
      configurable: true,
    });
  }

  /** `wasi:io/poll#pollable`, of what the guest was given. */
  kindOf(instance: unknown): string {
    for (const [key, { constructor }] of this.#classes) if (instance instanceof constructor) return key;
    return "something else";
  }

  keep(instance: unknown): KeptResource | undefined {
    const object = keep((instance as ResourceInstance)[HOST_OBJECT]);
    return object && { kind: this.kindOf(instance), object };
  }

  revive(kept: unknown): unknown {
    const { kind, object } = kept as KeptResource;
    const entry = this.#classes.get(kind);
    if (entry === undefined) throw new Error(`The component does not import ${kind}`);
    return this.#give(kind, entry, revive(object));
  }

  /** Gives a host object to the guest. */
  wrap(resource: WitResource, hostObject: unknown): unknown {
    return this.#give(resourceKey(resource), this.#of(resource), hostObject);
  }

  #give(key: string, { constructor }: ResourceClass, hostObject: unknown): unknown {
    const instance: unknown = Object.create(constructor.prototype);
    (instance as ResourceInstance)[HOST_OBJECT] = hostObject;
    this.#count(key, 1);
    return instance;
  }

  /**
   * The host object behind what the guest passed; a handle that it passed for good is not the guest's any more.
   *
   * @param place the function that the guest called
   * @throws TypeError if that is no such resource of this instance
   * @throws WebAssembly.RuntimeError if the guest does not hold the handle, because it has dropped it
   */
  unwrap(resource: WitResource, value: unknown, ownership: "own" | "borrow", place: string): unknown {
    if (!(value instanceof this.#of(resource).constructor))
      throw new TypeError(`Expected a ${resource.name} of this worker, found something else`);
    // For a handle that is not in its table the glue makes an instance, which stands for nothing.
    if (!Object.hasOwn(value, HOST_OBJECT)) {
      const name = `${resource.interface ?? ""}/${resource.name}`;
      throw new WebAssembly.RuntimeError(
        `unknown handle: ${place} was given a ${name} that the component does not hold; it may have dropped it before`,
      );
    }
    if (ownership === "own") this.#count(resourceKey(resource), -1);
    return value[HOST_OBJECT];
  }

  #count(key: string, change: 1 | -1): void {
    this.#held += change;
    this.#handles.set(key, (this.#handles.get(key) ?? 0) + change);
  }

  #of(resource: WitResource): ResourceClass {
    const key = resourceKey(resource);
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    const count = (change: 1 | -1): void => this.#count(key, change);
    const entry: ResourceClass = {
      construct: undefined,
      drop: undefined,
      constructor: class implements ResourceInstance {
        [HOST_OBJECT]: unknown;

        constructor(...args: unknown[]) {
          if (entry.construct === undefined)
            throw new TypeError(`The resource ${resource.name} has no constructor`);
          const hostObject = entry.construct(...args);
          this[HOST_OBJECT] = hostObject;
          count(1);
          // A constructor that waits gives the glue a promise of the instance.
          if (hostObject instanceof Promise) return settle(this, hostObject) as never;
        }

        /** The glue calls it when the guest drops its handle. */
        [Symbol.dispose](): void {
          count(-1);
          entry.drop?.(this[HOST_OBJECT]);
        }
      },
    };
    this.#classes.set(key, entry);
    return entry;
  }
}

async function settle(instance: ResourceInstance, hostObject: Promise<unknown>): Promise<ResourceInstance> {
  instance[HOST_OBJECT] = await hostObject;
  return instance;
}

/**
 * Versions of one interface that a component imports side by side share their resources, for the glue does: what both
 * have is bound twice, and means the same.
 */
function resourceKey(resource: WitResource): string {
  return `${resource.interface?.replace(/@.*$/, "") ?? ""}#${resource.name}`;
}
