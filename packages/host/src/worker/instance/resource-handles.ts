import type { WitResource } from "@golem-kit/wit";

import type { ExportedFunction } from "../../component/find-export.ts";
import { resourceMapper } from "../../engine/map-resources.ts";
import type { HandleTable, ResourceHandle } from "../../engine/guest-instance.ts";
import { GolemError } from "../../ground/golem-error.ts";
import type { Journal } from "../../journal/journal.ts";

/** The resources that one instance has given to callers, by handle. Replay gives the same handles again. */
export class ResourceHandles implements HandleTable {
  readonly #journal: Journal;
  readonly #instances = new Map<number, unknown>();
  readonly #indexed = new Map<string, ResourceHandle>();
  /** What the next one is called. */
  next = 0;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** How many callers hold. */
  get size(): number {
    return this.#instances.size;
  }

  add(_resource: WitResource, instance: unknown): ResourceHandle {
    const handle = this.next;
    this.next += 1;
    this.#instances.set(handle, instance);
    if (this.#journal.live) this.#journal.append({ type: "CreateResource", id: handle });
    return { handle };
  }

  get(value: unknown, ownership: "own" | "borrow"): unknown {
    const handle = this.#known(value);
    const instance = this.#instances.get(handle);
    if (ownership === "own") this.#remove(handle);
    return instance;
  }

  /** @throws GolemError `InvalidRequest` if a parameter is, or contains, a handle that this worker does not have */
  assertKnown(target: ExportedFunction, params: readonly unknown[]): void {
    for (const [at, { type }] of target.params.entries())
      resourceMapper(type, (_, value) => this.#known(value))?.(params[at]);
  }

  /** The instance named by its constructor's arguments, if it was used before. */
  indexed(resource: string, args: readonly string[]): ResourceHandle | undefined {
    return this.#indexed.get(indexKey(resource, args));
  }

  describe(handle: ResourceHandle, resource: string, args: readonly string[]): void {
    this.#indexed.set(indexKey(resource, args), handle);
    if (!this.#journal.live) return;
    this.#journal.append({
      type: "DescribeResource",
      id: handle.handle,
      resourceName: resource,
      resourceParams: args,
    });
  }

  #known(value: unknown): number {
    const handle = handleOf(value);
    if (handle !== undefined && this.#instances.has(handle)) return handle;
    const details = `Unknown resource handle ${JSON.stringify(value)}: it was dropped, or never existed`;
    throw new GolemError({ type: "InvalidRequest", details });
  }

  #remove(handle: number): void {
    this.#instances.delete(handle);
    for (const [key, indexed] of this.#indexed) if (indexed.handle === handle) this.#indexed.delete(key);
    if (this.#journal.live) this.#journal.append({ type: "DropResource", id: handle });
  }
}

function handleOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null || !("handle" in value)) return undefined;
  return typeof value.handle === "number" ? value.handle : undefined;
}

function indexKey(resource: string, args: readonly string[]): string {
  return JSON.stringify([resource, ...args]);
}
