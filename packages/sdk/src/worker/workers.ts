import { GetWorkers, resolveComponentId, type ComponentId } from "golem:api/host@1.1.6";

import { recordedItems } from "../pages.ts";
import { isUuid, uuidFromText } from "../uuid.ts";
import { workerInfo, type WorkerInfo } from "./metadata.ts";
import type { WorkerFilter, WorkerQuery } from "./where.ts";
import { WorkerError } from "./worker-error.ts";

/**
 * How workers are listed.
 *
 * @example
 * ```ts
 * const options: WorkersOptions = { precise: true };
 * const running = await Array.fromAsync(workers("shop:orders", where.status("running"), options));
 * ```
 */
export interface WorkersOptions {
  /** Reads the present state of every worker, which costs more than the last one known. @default false */
  readonly precise?: boolean;
}

/**
 * The workers of a component, each once, in no particular order; read page by page as they are asked for.
 *
 * Golem does not record what it answers here; the pages that were read are recorded under `workers`, so that a replay
 * finds the same workers.
 *
 * Stands on `golem:api/host.get-workers` and `golem:durability/durability`; the world imports `golem:api/host@1.1.6` and
 * `golem:durability/durability@1.2.0`.
 *
 * @param component its name, or its id
 * @param filter which of them @default all
 * @throws WorkerError `unknown-component`
 * @example
 * ```ts
 * for await (const worker of workers("shop:orders", where.status("idle").and(where.name.startsWith("a"))))
 *   log.info(worker.workerName, { version: worker.componentVersion });
 * ```
 */
export async function* workers(
  component: string,
  filter?: WorkerFilter,
  { precise = false }: WorkersOptions = {},
): AsyncGenerator<WorkerInfo, void, undefined> {
  const componentId = componentIdOf(component);
  const queries: readonly Partial<WorkerQuery>[] = filter === undefined ? [{}] : filter.queries();
  const seen = new Set<string>();
  for (const { filter: wanted, accepts = () => true } of queries) {
    const input = { componentId, wanted, precise };
    using reader = new GetWorkers(componentId, wanted, precise);
    for (const worker of recordedItems("workers", input, reader, workerInfo)) {
      if (seen.has(worker.workerName) || !accepts(worker)) continue;
      seen.add(worker.workerName);
      yield worker;
    }
  }
}

function componentIdOf(component: string): ComponentId {
  if (isUuid(component)) return { uuid: uuidFromText(component) };
  const found = resolveComponentId(component);
  if (found !== undefined) return found;
  throw new WorkerError({
    code: "unknown-component",
    operation: "workers",
    message: `There is no component "${component}". Deploy it, or correct the name.`,
  });
}
