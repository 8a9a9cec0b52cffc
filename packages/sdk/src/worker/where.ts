import type {
  FilterComparator,
  StringFilterComparator,
  WorkerAllFilter,
  WorkerAnyFilter,
  WorkerPropertyFilter,
  WorkerStatus,
} from "golem:api/host@1.1.6";

import { toDatetime, type When } from "../instant.ts";
import type { WorkerInfo } from "./metadata.ts";
import { requireU64 } from "./require-u64.ts";

/** What must hold of a worker all at once: what Golem can look for, and what is left to look at. */
interface Clause {
  readonly properties: readonly WorkerPropertyFilter[];
  readonly rest: readonly ((worker: WorkerInfo) => boolean)[];
}

/** A query of Golem, and what its answers must fulfil beside. */
export interface WorkerQuery {
  readonly filter: WorkerAnyFilter;
  readonly accepts: (worker: WorkerInfo) => boolean;
}

/**
 * Says which workers are wanted. Made by {@link where}; an alternative of conditions that hold together.
 *
 * @example
 * ```ts
 * const outdated: WorkerFilter = where.status("idle").and(where.version.less(3n));
 * for await (const worker of workers("shop:orders", outdated)) updateWorker(worker, 3n);
 * ```
 */
export class WorkerFilter {
  readonly #clauses: readonly Clause[];

  /** Made by {@link where}. */
  constructor(clauses: readonly Clause[]) {
    this.#clauses = clauses;
  }

  /** Those that fulfil both. */
  and(other: WorkerFilter): WorkerFilter {
    return new WorkerFilter(
      this.#clauses.flatMap((mine) =>
        other.#clauses.map((its) => ({
          properties: [...mine.properties, ...its.properties],
          rest: [...mine.rest, ...its.rest],
        })),
      ),
    );
  }

  /** Those that fulfil one of them, or both. */
  or(other: WorkerFilter): WorkerFilter {
    return new WorkerFilter([...this.#clauses, ...other.#clauses]);
  }

  /** The queries whose answers together are wanted: one, unless Golem cannot look for all that is asked for. */
  queries(): readonly WorkerQuery[] {
    if (this.#clauses.every(({ rest }) => rest.length === 0))
      return [{ filter: { filters: this.#clauses.map(toAllFilter) }, accepts: () => true }];
    return this.#clauses.map((clause) => ({
      filter: { filters: [toAllFilter(clause)] },
      accepts: (worker) => clause.rest.every((holds) => holds(worker)),
    }));
  }
}

/**
 * Conditions on a text.
 *
 * @example
 * ```ts
 * const region: TextProperty = where.env("REGION");
 * const nordic = region.equal("north").or(region.startsWith("north-"));
 * ```
 */
export interface TextProperty {
  /** Those that have exactly this. */
  equal(value: string): WorkerFilter;
  /** Those that have something else. */
  notEqual(value: string): WorkerFilter;
  /** Those that contain it, by Golem's `like`. */
  like(part: string): WorkerFilter;
  /** Those that do not contain it. */
  notLike(part: string): WorkerFilter;
  /** Golem looks for those that contain it; the others are left out here. */
  startsWith(beginning: string): WorkerFilter;
}

/**
 * Conditions on something that has an order.
 *
 * @example
 * ```ts
 * const version: OrderedProperty<bigint> = where.version;
 * const outdated = version.less(3n);
 * ```
 */
export interface OrderedProperty<Value> {
  /** Those at exactly this value. */
  equal(value: Value): WorkerFilter;
  /** Those at any other value. */
  notEqual(value: Value): WorkerFilter;
  /** Those at this value or above. */
  greaterEqual(value: Value): WorkerFilter;
  /** Those above. */
  greater(value: Value): WorkerFilter;
  /** Those at this value or below. */
  lessEqual(value: Value): WorkerFilter;
  /** Those below. */
  less(value: Value): WorkerFilter;
}

/**
 * Conditions on the status, in Golem's order: running, idle, suspended, interrupted, retrying, failed, exited.
 *
 * @example
 * ```ts
 * const status: StatusProperty = where.status;
 * const atRest = status("idle").or(status("suspended"));
 * ```
 */
export interface StatusProperty extends OrderedProperty<WorkerStatus> {
  /** The same as `equal`. */
  (status: WorkerStatus): WorkerFilter;
}

function text(
  compare: (comparator: StringFilterComparator, value: string) => WorkerPropertyFilter,
  valueOf: (worker: WorkerInfo) => string | undefined,
): TextProperty {
  const by = (comparator: StringFilterComparator) => (value: string) => filterBy(compare(comparator, value));
  return {
    equal: by("equal"),
    notEqual: by("not-equal"),
    like: by("like"),
    notLike: by("not-like"),
    startsWith: (beginning) =>
      new WorkerFilter([
        {
          properties: [compare("like", beginning)],
          rest: [(worker) => valueOf(worker)?.startsWith(beginning) === true],
        },
      ]),
  };
}

function ordered<Value>(
  compare: (comparator: FilterComparator, value: Value) => WorkerPropertyFilter,
): OrderedProperty<Value> {
  const by = (comparator: FilterComparator) => (value: Value) => filterBy(compare(comparator, value));
  return {
    equal: by("equal"),
    notEqual: by("not-equal"),
    greaterEqual: by("greater-equal"),
    greater: by("greater"),
    lessEqual: by("less-equal"),
    less: by("less"),
  };
}

const byStatus = ordered<WorkerStatus>((comparator, value) => ({
  tag: "status",
  val: { comparator, value },
}));
const status: StatusProperty = Object.assign((value: WorkerStatus) => byStatus.equal(value), byStatus);

/** Since the epoch, in milliseconds: the unit of the filter. */
function milliseconds(when: When): bigint {
  const { seconds, nanoseconds } = toDatetime(when);
  return seconds * 1_000n + BigInt(Math.floor(nanoseconds / 1_000_000));
}

/**
 * Conditions on workers, for {@link workers}: of `golem:api/host.worker-any-filter`.
 *
 * @example
 * ```ts
 * where.status("idle").and(where.name.startsWith("a"));
 * where.createdAt.less(Date.now() - 86_400_000).or(where.version.less(3n));
 * where.env("REGION").equal("north");
 * ```
 */
export const where = {
  name: text(
    (comparator, value) => ({ tag: "name", val: { comparator, value } }),
    (worker) => worker.workerName,
  ),
  status,
  /** Of the component, counted from 0. @throws WorkerError `invalid-argument` for what is no whole number from 0 */
  version: ordered<bigint>((comparator, value) => {
    requireU64("where.version", "The version", value);
    return { tag: "version", val: { comparator, value } };
  }),
  createdAt: ordered<When>((comparator, when) => ({
    tag: "created-at",
    val: { comparator, value: milliseconds(when) },
  })),
  env: (name: string): TextProperty =>
    text(
      (comparator, value) => ({ tag: "env", val: { name, comparator, value } }),
      (worker) => worker.env[name],
    ),
} as const;

function filterBy(property: WorkerPropertyFilter): WorkerFilter {
  return new WorkerFilter([{ properties: [property], rest: [] }]);
}

function toAllFilter({ properties }: Clause): WorkerAllFilter {
  return { filters: [...properties] };
}
