import { define } from "./define.ts";

/** The web's `reportError`: whoever listens to `error` is told; if nobody prevents it, the error is logged. */
function reportError(error: unknown): void {
  const event = new Event("error", { cancelable: true });
  const { message } = error instanceof Error ? error : { message: String(error) };
  define(event, { error, message });
  if (globalThis.dispatchEvent(event)) console.error(error);
}

define(globalThis, { reportError });
