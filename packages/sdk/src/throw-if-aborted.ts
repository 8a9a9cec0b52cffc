/** As `AbortSignal.prototype.throwIfAborted`, which does nothing in this engine. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw signal.reason;
}
