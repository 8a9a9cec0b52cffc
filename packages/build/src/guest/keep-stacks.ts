interface Exceptions {
  readonly AbortController: typeof AbortController;
  DOMException: typeof DOMException;
}

/**
 * Gives each `DOMException` the `stack` that errors have: the engine's own have none. The reason of a signal that is aborted
 * without one tells where that was.
 *
 * Runs inside the component, before the program: it is put there as text, and may use nothing but its parameter.
 */
export function keepStacks(globals: Exceptions): void {
  const Native = globals.DOMException;
  const withStack = new Proxy(Native, {
    construct(target, args: readonly unknown[], newTarget) {
      const exception = Reflect.construct(target, args, newTarget) as object;
      // Without this function itself.
      const stack = String(new Error("").stack).replace(/^.*\n/, "");
      Object.defineProperty(exception, "stack", { configurable: true, writable: true, value: stack });
      return exception;
    },
  });
  const hidden = { configurable: true, writable: true };
  Object.defineProperty(Native.prototype, "constructor", { ...hidden, value: withStack });
  globals.DOMException = withStack;

  const controllers = globals.AbortController.prototype;
  const abort = Reflect.get(controllers, "abort") as (reason: unknown) => void;
  Object.defineProperty(controllers, "abort", {
    ...hidden,
    value(
      this: AbortController,
      reason: unknown = new withStack("This operation was aborted", "AbortError"),
    ) {
      return abort.call(this, reason);
    },
  });
}
