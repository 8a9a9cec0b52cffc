/**
 * The host's resources that a program holds, by handle, as the component model numbers them: from 1, and what was freed last
 * comes first.
 */
export class GuestHandles {
  readonly #resources = new Map<number, unknown>();
  readonly #free: number[] = [];
  #next = 1;

  add(resource: unknown): number {
    const handle = this.#free.pop() ?? this.#next;
    this.#next = Math.max(this.#next, handle + 1);
    this.#resources.set(handle, resource);
    return handle;
  }

  /** `undefined` if the program holds no such handle. */
  get(handle: unknown): unknown {
    return this.#resources.get(handle as number);
  }

  /** The same, and the program does not hold it any more. */
  take(handle: unknown): unknown {
    const resource = this.get(handle);
    if (this.#resources.delete(handle as number)) this.#free.push(handle as number);
    return resource;
  }
}
