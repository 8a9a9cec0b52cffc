import { resolveComponentId, resolveWorkerId, resolveWorkerIdStrict } from "golem:api/host@1.1.6";

import { uuidToText } from "../uuid.ts";
import { fromWorkerId, type WorkerAddress } from "./address.ts";

/**
 * The id of a component that is known by name, a UUID; `undefined` if there is no such component.
 *
 * Stands on `golem:api/host.resolve-component-id`.
 *
 * @example
 * ```ts
 * const componentId = resolveComponent("shop:orders");
 * ```
 */
export function resolveComponent(componentName: string): string | undefined {
  const found = resolveComponentId(componentName);
  return found && uuidToText(found.uuid);
}

/**
 * The address of a worker of a component that is known by name, or `undefined` if there is no such component. The
 * worker need not exist.
 *
 * Stands on `golem:api/host.resolve-worker-id`.
 *
 * @example
 * ```ts
 * const address = resolveWorker("shop:orders", "o-1");
 * ```
 */
export function resolveWorker(componentName: string, workerName: string): WorkerAddress | undefined {
  const found = resolveWorkerId(componentName, workerName);
  return found && fromWorkerId(found);
}

/**
 * As {@link resolveWorker}, but also `undefined` if the worker does not exist.
 *
 * Stands on `golem:api/host.resolve-worker-id-strict`.
 *
 * @example
 * ```ts
 * if (resolveExistingWorker("shop:orders", "o-1") === undefined) log.info("nobody has ordered yet");
 * ```
 */
export function resolveExistingWorker(componentName: string, workerName: string): WorkerAddress | undefined {
  const found = resolveWorkerIdStrict(componentName, workerName);
  return found && fromWorkerId(found);
}
