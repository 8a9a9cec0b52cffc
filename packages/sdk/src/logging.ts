import { log, type Level } from "wasi:logging/logging";

export type { Level } from "wasi:logging/logging";

/** What is worth knowing beside a message; written after it as JSON. */
export type LogFields = Readonly<Record<string, unknown>>;

type LogFunction = (message: string, fields?: LogFields) => void;

/** One function for every level of `wasi:logging`. */
export type Logger = Readonly<Record<Level, LogFunction>> & {
  /** A logger whose context continues this one's: `orders` and `payment` make `orders.payment`. */
  child(context: string): Logger;
};

/**
 * Makes a logger. A line is written once, however often the worker replays the code that writes it.
 * Stands on `wasi:logging/logging.log`.
 *
 * @param context where the lines come from @default ""
 * @example
 * ```ts
 * const log = logger("orders");
 * log.info("placed", { id: "o-1", lines: 3 }); // placed {"id":"o-1","lines":3}
 * ```
 */
export function logger(context = ""): Logger {
  const at =
    (level: Level): LogFunction =>
    (message, fields) =>
      log(level, context, fields === undefined ? message : `${message} ${fieldsAsJson(fields)}`);
  return {
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    critical: at("critical"),
    child: (inner) => logger(context === "" ? inner : `${context}.${inner}`),
  };
}

/** Errors as their text and bigints as decimal strings: a log line never fails for what it is given. */
function fieldsAsJson(fields: LogFields): string {
  const replacer = (_: string, value: unknown): unknown => {
    if (typeof value === "bigint") return value.toString();
    return value instanceof Error ? String(value) : value;
  };
  try {
    return JSON.stringify(fields, replacer);
  } catch (error) {
    return `(fields not written: ${String(error)})`;
  }
}
