import { getOplogPersistenceLevel, setOplogPersistenceLevel } from "golem:api/host@1.1.6";

import { ScopedSetting, within } from "./scoped-setting.ts";

/**
 * What of the worker's doings the oplog keeps, by the names of `golem:api/host.persistence-level`.
 *
 * @example
 * ```ts
 * const level: PersistenceLevel = "persist-remote-side-effects";
 * await withPersistenceLevel(level, () => render(order));
 * ```
 */
export type PersistenceLevel = "persist-nothing" | "persist-remote-side-effects" | "smart";

const setting = new ScopedSetting<PersistenceLevel>({
  setter: "setPersistenceLevel",
  read: () => getOplogPersistenceLevel().tag,
  write: (tag) => setOplogPersistenceLevel({ tag }),
});

/**
 * The level that holds now; `"smart"` at first. Stands on `golem:api/host.get-oplog-persistence-level`.
 *
 * @example
 * ```ts
 * if (persistenceLevel() === "persist-nothing") log.warn("this is not recorded");
 * ```
 */
export function persistenceLevel(): PersistenceLevel {
  return setting.value;
}

/**
 * Changes the level for what follows in this worker. Stands on `golem:api/host.set-oplog-persistence-level`.
 *
 * @throws SdkError `scope-open` inside a scope that restores the level
 * @example
 * ```ts
 * setPersistenceLevel("persist-remote-side-effects");
 * ```
 */
export function setPersistenceLevel(level: PersistenceLevel): void {
  setting.set(level);
}

/**
 * Runs `body` under another persistence level, and sets the former one again whatever happens. The level holds for the
 * whole worker: what runs at the same time is under it too.
 *
 * Under `"persist-nothing"` the body runs again on every replay, and what it asks of the host cannot be answered then:
 * Golem ends the instance. So it may compute, but not call, wait, or read clocks.
 *
 * Stands on `golem:api/host.set-oplog-persistence-level`.
 *
 * @throws SdkError `not-a-function`
 * @example
 * ```ts
 * const page = await withPersistenceLevel("persist-nothing", () => render(order));
 * ```
 */
export function withPersistenceLevel<T>(level: PersistenceLevel, body: () => T | Promise<T>): Promise<T> {
  return within("withPersistenceLevel", () => usePersistenceLevel(level), body);
}

/**
 * As {@link withPersistenceLevel}, until the end of the surrounding block.
 * Stands on `golem:api/host.set-oplog-persistence-level`.
 *
 * @example
 * ```ts
 * using level = usePersistenceLevel("persist-remote-side-effects");
 * ```
 */
export function usePersistenceLevel(level: PersistenceLevel): Disposable {
  return setting.enter(() => level);
}
