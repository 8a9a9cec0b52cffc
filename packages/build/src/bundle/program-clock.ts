/** What measures time in the engine. */
interface ClockGlobals {
  readonly Date: { now(): number };
  readonly performance: object;
  readonly console: {
    info(...data: readonly unknown[]): void;
    warn(...data: readonly unknown[]): void;
  };
}

/**
 * Gives `performance` and `console.time` the clock of `Date`, which every component has and a host records, in place of the
 * engine's own, which {@link stopEngineClock} stops. They count whole milliseconds, and never backwards.
 *
 * Runs inside the component, while it is built: it is put there as text, and may use nothing but its parameter.
 */
export function installProgramClock({ Date, performance, console }: ClockGlobals): void {
  const readDate = Date.now.bind(Date);
  let origin: number | undefined;
  let latest = 0;
  const now = (): number => {
    const time = readDate();
    origin ??= time;
    latest = Math.max(latest, time - origin);
    return latest;
  };
  const hide = { configurable: true, enumerable: true };
  Object.defineProperties(performance, {
    now: { ...hide, writable: true, value: now },
    timeOrigin: { ...hide, get: () => (origin ??= readDate()) },
  });

  const timers = new Map<string, number>();
  const tell = (method: string, label: string, data: readonly unknown[]): void => {
    const start = timers.get(label);
    if (start === undefined) console.warn(`No such label '${label}' for console.${method}()`);
    else console.info(`${label}: ${now() - start}ms`, ...data);
  };
  Object.assign(console, {
    time(label = "default"): void {
      if (timers.has(label)) console.warn(`Label '${label}' already exists for console.time()`);
      else timers.set(label, now());
    },
    timeLog(label = "default", ...data: readonly unknown[]): void {
      tell("timeLog", label, data);
    },
    timeEnd(label = "default"): void {
      tell("timeEnd", label, []);
      timers.delete(label);
    },
  });
}
