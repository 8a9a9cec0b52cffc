import type { HostResources } from "./bound-imports.ts";

/** jco's table of a guest's handles of one kind of the host's resources, as the mended glue shows it. */
export interface HandleTableOfGlue extends Array<number> {
  /** What the handles stand for, by a number of the glue's. */
  readonly captures?: Map<number, unknown>;
  /** The last of these numbers; sets it if one is given. */
  readonly count?: (set?: number) => number;
}

/** The handles of one table, and what they stand for. */
export interface HandlesImage {
  readonly table: number;
  /** Those that are free among them: the next ones are numbered as they would have been. */
  readonly entries: readonly number[];
  readonly count: number;
  readonly kept: readonly (readonly [number, unknown])[];
}

/** The host's resources that a guest holds, as far as they can be kept with it. */
export class HostHandles {
  /** The glue fills it. */
  readonly tables: (HandleTableOfGlue | undefined)[] = [];
  readonly #resources: HostResources;

  constructor(resources: HostResources) {
    this.#resources = resources;
  }

  /** Why they cannot be kept; `undefined` if they can. */
  get obstacle(): string | undefined {
    const kinds = new Set<string>();
    let seen = 0;
    for (const { captures } of this.#captured()) {
      seen += captures.size;
      for (const instance of captures.values())
        if (this.#resources.keep(instance) === undefined) kinds.add(this.#resources.kindOf(instance));
    }
    if (kinds.size > 0) return `it holds ${[...kinds].toSorted().join(", ")}`;
    return seen === this.#resources.held ? undefined : "it holds resources that are in no table";
  }

  /** Only where there is no obstacle. */
  capture(): readonly HandlesImage[] {
    return [...this.#captured()].map(({ table, entries, count, captures }) => ({
      table,
      entries: [...entries],
      count: count(),
      kept: [...captures].map(([number, instance]) => [number, this.#resources.keep(instance)] as const),
    }));
  }

  /** Of a fresh instance, which holds none. */
  restore(images: readonly HandlesImage[]): void {
    for (const { table, entries, count, kept } of images) {
      const target = this.tables[table];
      if (target?.captures === undefined) throw new Error("The image is one of other code");
      target.splice(0, target.length, ...entries);
      target.count?.(count);
      for (const [number, resource] of kept) target.captures.set(number, this.#resources.revive(resource));
    }
  }

  *#captured() {
    for (const [table, entries] of this.tables.entries()) {
      const { captures, count } = entries ?? {};
      if (entries !== undefined && captures !== undefined && count !== undefined)
        yield { table, entries, captures, count };
    }
  }
}
