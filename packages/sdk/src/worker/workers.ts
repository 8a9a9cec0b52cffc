import { GetWorkers, resolveComponentId, type ComponentId } from "golem:api/host@1.1.6";

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
 * The list is not part of the oplog: a replay reads it again, and may find others. If what follows depends on it, fix it by
 * `durable`.
 *
 * Stands on `golem:api/host.get-workers`.
 *
 * @param component its name, or its id
 * @param filter which of them @default all
 * @throws WorkerError `unknown-component`
 * @example
 * ```ts
 * for await (const worker of workers("shop:orders", where.status("idle").and(where.name.startsWith("a"))))
 *   log.info(worker.workerName, { version: worker.componentVersion });
 *
 * const names = await durable("list orders", null, () =>
 *   Array.fromAsync(workers("shop:orders"), ({ workerName }) => workerName),
 * );
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
    using reader = new GetWorkers(componentId, wanted, precise);
    for (let page = reader.getNext(); page !== undefined; page = reader.getNext()) {
      for (const worker of page.map(workerInfo)) {
        if (seen.has(worker.workerName) || !accepts(worker)) continue;
        if (queries.length > 1) seen.add(worker.workerName);
        yield worker;
      }
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
