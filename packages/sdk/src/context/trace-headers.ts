import { allowForwardingTraceContextHeaders } from "golem:api/context@1.1.6";

import { ScopedSetting, within } from "../durability/scoped-setting.ts";

const setting = new ScopedSetting<boolean>({
  setter: "setTraceHeaders",
  // There is no function that only reads.
  read() {
    const allowed = allowForwardingTraceContextHeaders(true);
    if (!allowed) allowForwardingTraceContextHeaders(false);
    return allowed;
  },
  write: allowForwardingTraceContextHeaders,
});

/**
 * Whether requests by HTTP carry the trace's headers; they do at first.
 * Stands on `golem:api/context.allow-forwarding-trace-context-headers`.
 *
 * @example
 * ```ts
 * if (!traceHeaders()) log.debug("the trace ends here");
 * ```
 */
export function traceHeaders(): boolean {
  return setting.value;
}

/**
 * Whether requests by HTTP carry the trace's headers from here on, in all of the worker.
 *
 * Stands on `golem:api/context.allow-forwarding-trace-context-headers`.
 *
 * @throws SdkError `scope-open` inside a scope that restores it
 * @example
 * ```ts
 * setTraceHeaders(false);
 * ```
 */
export function setTraceHeaders(allow: boolean): void {
  setting.set(allow);
}

/**
 * Runs `body` with the trace's headers sent along or not, and sets what was there before again whatever happens. It holds
 * for the whole worker: for what runs at the same time too.
 *
 * Stands on `golem:api/context.allow-forwarding-trace-context-headers`.
 *
 * @throws SdkError `not-a-function`
 * @example
 * ```ts
 * await withTraceHeaders(false, () => fetch("https://stranger.example/"));
 * ```
 */
export function withTraceHeaders<T>(allow: boolean, body: () => T | Promise<T>): Promise<T> {
  return within("withTraceHeaders", () => useTraceHeaders(allow), body);
}

/**
 * As {@link withTraceHeaders}, until the end of the surrounding block.
 * Stands on `golem:api/context.allow-forwarding-trace-context-headers`.
 *
 * @example
 * ```ts
 * using untraced = useTraceHeaders(false);
 * ```
 */
export function useTraceHeaders(allow: boolean): Disposable {
  return setting.enter(() => allow);
}
