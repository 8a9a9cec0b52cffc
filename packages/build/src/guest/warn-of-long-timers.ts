type Callable = (...args: unknown[]) => unknown;

interface Timers {
  readonly console: { warn(text: string): void };
  setTimeout: Callable;
  setInterval: Callable;
}

/**
 * Warns of a timer that is set for longer than a timer can wait, 2^31 - 1 ms: it fires at once, as HTML says, and the other
 * kind as often as it can.
 *
 * Runs inside the component, before the program: it is put there as text, and may use nothing but its parameter.
 */
export function warnOfLongTimers(globals: Timers): void {
  const LONGEST = 2 ** 31 - 1;
  for (const name of ["setTimeout", "setInterval"] as const) {
    const native = globals[name];
    const calling = {
      [name]: (callback: unknown, delay?: unknown, ...rest: unknown[]): unknown => {
        if (typeof delay === "number" && delay > LONGEST) {
          globals.console.warn(
            `${name} waits 24.8 days at most: one of ${delay} ms does not wait at all. Use sleep of @golem-kit/sdk/clock.`,
          );
        }
        return native(callback, delay, ...rest);
      },
    };
    globals[name] = calling[name] as Callable;
  }
}
