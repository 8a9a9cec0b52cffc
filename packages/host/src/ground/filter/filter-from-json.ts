import type { Comparator, StringComparator, WorkerFilter } from "./worker-filter.ts";
import { WORKER_STATUSES } from "./parse-filter.ts";

const COMPARATORS: ReadonlySet<unknown> = new Set([
  "Equal",
  "NotEqual",
  "GreaterEqual",
  "Greater",
  "LessEqual",
  "Less",
]);
const STRING_COMPARATORS: ReadonlySet<unknown> = new Set(["Equal", "NotEqual", "Like", "NotLike"]);

/** Deeper filters are refused: they would only exhaust the stack. */
const MAXIMUM_DEPTH = 50;

/** Reads Golem's filter JSON; `undefined` if it is no such thing. */
export function filterFromJson(json: unknown, depth = 0): WorkerFilter | undefined {
  if (typeof json !== "object" || json === null || depth > MAXIMUM_DEPTH) return undefined;
  const { type, comparator, value, name, filter, filters } = json as Readonly<Record<string, unknown>>;
  switch (type) {
    case "Name":
      return isText(comparator, value) ? { type, ...asText(comparator, value) } : undefined;
    case "Env":
      return typeof name === "string" && isText(comparator, value)
        ? { type, name, ...asText(comparator, value) }
        : undefined;
    case "Status": {
      const status = WORKER_STATUSES.find((known) => known === value);
      return isOrder(comparator) && status !== undefined ? { type, comparator, value: status } : undefined;
    }
    case "Version":
      return isOrder(comparator) && typeof value === "number" && value >= 0 && Number.isSafeInteger(value)
        ? { type, comparator, value }
        : undefined;
    case "CreatedAt":
      return isOrder(comparator) && typeof value === "string" && !Number.isNaN(Date.parse(value))
        ? { type, comparator, value }
        : undefined;
    case "Not": {
      const inner = filterFromJson(filter, depth + 1);
      return inner === undefined ? undefined : { type, filter: inner };
    }
    case "And":
    case "Or": {
      if (!Array.isArray(filters)) return undefined;
      const inner = filters
        .map((item) => filterFromJson(item, depth + 1))
        .filter((item) => item !== undefined);
      return inner.length === filters.length ? { type, filters: inner } : undefined;
    }
    default:
      return undefined;
  }
}

function isText(comparator: unknown, value: unknown): boolean {
  return STRING_COMPARATORS.has(comparator) && typeof value === "string";
}

function asText(comparator: unknown, value: unknown): { comparator: StringComparator; value: string } {
  return { comparator: comparator as StringComparator, value: value as string };
}

function isOrder(comparator: unknown): comparator is Comparator {
  return COMPARATORS.has(comparator);
}
