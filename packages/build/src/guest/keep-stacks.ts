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
  // The engine itself makes some by this name: a proxy would be none of its functions.
  const withStack = function (this: unknown, ...args: readonly unknown[]): object {
    const exception = Reflect.construct(Native, args, new.target as () => void) as object;
    // Without this function itself.
    const stack = String(new Error("").stack).replace(/^.*\n/, "");
    Object.defineProperty(exception, "stack", { configurable: true, writable: true, value: stack });
    return exception;
  } as unknown as typeof DOMException;
  Object.setPrototypeOf(withStack, Native);
  Object.defineProperty(withStack, "name", { configurable: true, value: "DOMException" });
  withStack.prototype = Native.prototype;
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
