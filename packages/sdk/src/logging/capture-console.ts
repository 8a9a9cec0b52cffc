import type { Logger } from "./logger.ts";
import { errorReport } from "./error-text.ts";
import { plainValue } from "./plain-value.ts";

/** Levels of what `console` writes, by its functions' names. */
const LEVELS = {
  trace: "trace",
  debug: "debug",
  log: "info",
  info: "info",
  warn: "warn",
  error: "error",
} as const;

/**
 * Lets `console.log`, `info`, `debug`, `trace`, `warn` and `error` write through a logger, libraries' calls included,
 * until the result is disposed of. Errors are written with stack and causes, objects as JSON. Without it the engine writes their text to the worker's standard output and error,
 * without level and context.
 *
 * The end of standard error is what Golem shows with a failure: it lacks what is captured here.
 *
 * Stands on `wasi:logging/logging.log`.
 *
 * @example
 * ```ts
 * captureConsole(logger("shop"));
 * console.warn("running out of", { sku: "tea" }); // in shop: running out of {"sku":"tea"}
 * ```
 */
export function captureConsole(target: Logger): Disposable {
  const former = new Map(Object.keys(LEVELS).map((name) => [name, Reflect.get(console, name) as unknown]));
  for (const [name, level] of Object.entries(LEVELS)) {
    Reflect.set(console, name, (...values: unknown[]) => target[level](values.map(describe).join(" ")));
  }
  return {
    [Symbol.dispose]() {
      for (const [name, write] of former) Reflect.set(console, name, write);
    },
  };
}

function describe(value: unknown): string {
  if (Error.isError(value)) return errorReport(value);
  if (typeof value === "bigint") return `${value}n`;
  const plain = plainValue(value);
  return typeof plain === "object" ? JSON.stringify(plain) : String(plain);
}
