import type { Comparator, StringComparator, WorkerFilter } from "./worker-filter.ts";
import type { WorkerStatus } from "../api/worker-metadata.ts";

/** A text that is no filter; the message is Golem's. */
export class WorkerFilterError extends Error {
  override readonly name = "WorkerFilterError" as const;
}

const COMPARATORS: Readonly<Record<Comparator, readonly string[]>> = {
  Equal: ["=", "==", "eq", "equal"],
  NotEqual: ["!=", "ne", "notequal"],
  GreaterEqual: [">=", "ge", "greaterequal"],
  Greater: [">", "gt", "greater"],
  LessEqual: ["<=", "le", "lessequal"],
  Less: ["<", "lt", "less"],
};

const STRING_COMPARATORS: Readonly<Record<StringComparator, readonly string[]>> = {
  Equal: COMPARATORS.Equal,
  NotEqual: COMPARATORS.NotEqual,
  Like: ["like"],
  NotLike: ["notlike"],
};

/** In the order in which Golem numbers and compares them. */
export const WORKER_STATUSES: readonly WorkerStatus[] = [
  "Running",
  "Idle",
  "Suspended",
  "Interrupted",
  "Retrying",
  "Failed",
  "Exited",
];

/**
 * Reads filters in Golem's notation, all of which a worker has to meet: `name like order`, `status = Running`,
 * `version >= 2`, `env.TENANT != acme`, `createdAt > 2026-01-31T00:00:00Z`.
 *
 * @throws WorkerFilterError
 */
export function parseFilters(texts: readonly string[]): WorkerFilter | undefined {
  const filters = texts.map(parseFilter);
  return filters.length > 1 ? { type: "And", filters } : filters[0];
}

function parseFilter(text: string): WorkerFilter {
  const [, property, operator, value] = /^\s*(\S+)\s+(\S+)\s+(\S.*?)\s*$/.exec(text) ?? [];
  if (property === undefined || operator === undefined || value === undefined) {
    throw new WorkerFilterError(`Invalid filter: ${text}`);
  }
  if (property.startsWith("env.")) {
    const name = property.slice("env.".length);
    return { type: "Env", name, comparator: stringComparator(operator), value };
  }
  switch (property) {
    case "name":
      return { type: "Name", comparator: stringComparator(operator), value };
    case "status":
      return { type: "Status", comparator: comparator(operator), value: status(value) };
    case "version":
      return { type: "Version", comparator: comparator(operator), value: version(value) };
    case "createdAt":
    case "created_at":
      return { type: "CreatedAt", comparator: comparator(operator), value: timestamp(value) };
    default:
      throw new WorkerFilterError(`Invalid filter: ${text}`);
  }
}

function comparator(operator: string): Comparator {
  return spelled(COMPARATORS, operator) ?? unknown(`Unknown Filter Comparator: ${operator}`);
}

function stringComparator(operator: string): StringComparator {
  return spelled(STRING_COMPARATORS, operator) ?? unknown(`Unknown String Filter Comparator: ${operator}`);
}

function spelled<T extends string>(
  table: Readonly<Record<T, readonly string[]>>,
  operator: string,
): T | undefined {
  const lower = operator.toLowerCase();
  return (Object.keys(table) as T[]).find((key) => table[key].includes(lower));
}

function status(text: string): WorkerStatus {
  const found = WORKER_STATUSES.find((known) => known.toLowerCase() === text.toLowerCase());
  return found ?? unknown(`Invalid filter value: Unknown worker status: ${text}`);
}

function version(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(value) ? value : unknown("Invalid filter value: invalid digit found in string");
}

function timestamp(text: string): string {
  return Number.isNaN(Date.parse(text)) ? unknown(`Invalid filter value: ${text} is no ISO 8601 time`) : text;
}

function unknown(message: string): never {
  throw new WorkerFilterError(message);
}
