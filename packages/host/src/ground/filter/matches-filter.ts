import type { Comparator, StringComparator, WorkerFilter } from "./worker-filter.ts";
import type { WorkerMetadata } from "../api/worker-metadata.ts";
import { WORKER_STATUSES } from "./parse-filter.ts";

/** Whether a worker meets a filter. `like` means contains; an environment variable that is not set meets nothing. */
export function matchesFilter(filter: WorkerFilter, worker: WorkerMetadata): boolean {
  switch (filter.type) {
    case "Name":
      return matchesText(filter.comparator, worker.workerId.workerName, filter.value);
    case "Env": {
      const value = Object.hasOwn(worker.env, filter.name) ? worker.env[filter.name] : undefined;
      return value !== undefined && matchesText(filter.comparator, value, filter.value);
    }
    case "Status":
      return matchesOrder(
        filter.comparator,
        WORKER_STATUSES.indexOf(worker.status) - WORKER_STATUSES.indexOf(filter.value),
      );
    case "Version":
      return matchesOrder(filter.comparator, worker.componentVersion - filter.value);
    case "CreatedAt":
      return matchesOrder(filter.comparator, Date.parse(worker.createdAt) - Date.parse(filter.value));
    case "And":
      return filter.filters.every((inner) => matchesFilter(inner, worker));
    case "Or":
      return filter.filters.some((inner) => matchesFilter(inner, worker));
    case "Not":
      return !matchesFilter(filter.filter, worker);
  }
}

function matchesText(comparator: StringComparator, text: string, value: string): boolean {
  switch (comparator) {
    case "Equal":
      return text === value;
    case "NotEqual":
      return text !== value;
    case "Like":
      return text.includes(value);
    case "NotLike":
      return !text.includes(value);
  }
}

/** `difference`: what the worker has minus what the filter says. */
function matchesOrder(comparator: Comparator, difference: number): boolean {
  switch (comparator) {
    case "Equal":
      return difference === 0;
    case "NotEqual":
      return difference !== 0;
    case "GreaterEqual":
      return difference >= 0;
    case "Greater":
      return difference > 0;
    case "LessEqual":
      return difference <= 0;
    case "Less":
      return difference < 0;
  }
}
