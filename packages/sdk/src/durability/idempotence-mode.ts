import { getIdempotenceMode, setIdempotenceMode as setHostIdempotenceMode } from "golem:api/host@1.1.6";

import { ScopedSetting, within } from "./scoped-setting.ts";

const setting = new ScopedSetting<boolean>({
  setter: "setIdempotenceMode",
  read: getIdempotenceMode,
  write: setHostIdempotenceMode,
});

/**
 * Whether remote writes that a crash interrupts are repeated; `true` at first.
 * Stands on `golem:api/host.get-idempotence-mode`.
 *
 * @example
 * ```ts
 * if (!idempotenceMode()) log.info("what a crash interrupts is not repeated");
 * ```
 */
export function idempotenceMode(): boolean {
  return setting.value;
}

/**
 * Changes the mode for what follows in this worker. Stands on `golem:api/host.set-idempotence-mode`.
 *
 * @throws SdkError `scope-open` inside a scope that restores the mode
 * @example
 * ```ts
 * setIdempotenceMode(false);
 * ```
 */
export function setIdempotenceMode(idempotent: boolean): void {
  setting.set(idempotent);
}

/**
 * Runs `body` with idempotence mode on or off, and sets the former mode again whatever happens. Off, a remote write
 * that a crash interrupted is not repeated: the worker fails instead. The mode holds for the whole worker: what runs at
 * the same time is under it too.
 *
 * Stands on `golem:api/host.set-idempotence-mode`.
 *
 * @throws SdkError `not-a-function`
 * @example
 * ```ts
 * await withIdempotenceMode(false, () => payOnce(card, total));
 * ```
 */
export function withIdempotenceMode<T>(idempotent: boolean, body: () => T | Promise<T>): Promise<T> {
  return within("withIdempotenceMode", () => useIdempotenceMode(idempotent), body);
}

/**
 * As {@link withIdempotenceMode}, until the end of the surrounding block.
 * Stands on `golem:api/host.set-idempotence-mode`.
 *
 * @example
 * ```ts
 * using once = useIdempotenceMode(false);
 * ```
 */
export function useIdempotenceMode(idempotent: boolean): Disposable {
  return setting.enter(() => idempotent);
}
