import { currentDurableExecutionState } from "golem:durability/durability@1.2.0";

import type { PersistenceLevel } from "./persistence-level.ts";

/**
 * Whether the worker acts, or repeats what is recorded.
 *
 * @example
 * ```ts
 * const { isLive, persistenceLevel }: ExecutionState = executionState();
 * log.debug("here", { isLive, persistenceLevel });
 * ```
 */
export interface ExecutionState {
  /** False while recorded entries are left to replay. */
  readonly isLive: boolean;
  readonly persistenceLevel: PersistenceLevel;
}

/**
 * Whether the worker acts or replays, here. It is not part of the oplog: what a replay must repeat must not depend on it.
 *
 * Stands on `golem:durability/durability.current-durable-execution-state`.
 *
 * @example
 * ```ts
 * if (executionState().isLive) metrics.count("really done");
 * ```
 */
export function executionState(): ExecutionState {
  const { isLive, persistenceLevel } = currentDurableExecutionState();
  return { isLive, persistenceLevel: persistenceLevel.tag };
}
