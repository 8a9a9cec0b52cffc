import { log as wasiLog, type Level as WasiLevel } from "wasi:logging/logging";

import { describeFields, type LogFields } from "./describe-fields.ts";

/**
 * How much a line matters, by the names of `wasi:logging/logging.level`.
 *
 * @example
 * ```ts
 * const least: Level = "debug";
 * ```
 */
export type Level = WasiLevel;

/**
 * Writes a line of one level.
 *
 * @example
 * ```ts
 * const warn: LogFunction = logger("stock").warn;
 * warn("running out", { sku: "tea" });
 * ```
 */
export type LogFunction = (message: string, fields?: LogFields) => void;

/**
 * One function for every level of `wasi:logging`.
 *
 * @example
 * ```ts
 * const log: Logger = logger("orders");
 * log.critical("out of money");
 * ```
 */
export interface Logger extends Readonly<Record<Level, LogFunction>> {
  /** Where its lines come from. */
  readonly context: string;
  /**
   * A logger whose context continues this one's, `orders` and `payment` make `orders.payment`, and that writes this
   * one's fields and further ones with each line.
   */
  child(context: string, fields?: LogFields): Logger;
}

/**
 * What a logger writes.
 *
 * @example
 * ```ts
 * const options: LoggerOptions = { level: "info", fields: { region: "eu" } };
 * ```
 */
export interface LoggerOptions {
  /** The least level that is written. @default "trace" */
  readonly level?: Level;
  /** Written with each line; fields of the line itself win. @default none */
  readonly fields?: LogFields;
}

const LEVELS: readonly Level[] = ["trace", "debug", "info", "warn", "error", "critical"];

/**
 * Makes a logger. A line is written once, however often the worker replays the code that writes it.
 *
 * Stands on `wasi:logging/logging.log`, to which fields are passed as JSON at the end of the message.
 *
 * @param context where the lines come from @default ""
 * @example
 * ```ts
 * const log = logger("orders", { level: "info" });
 * log.info("placed", { id: "o-1", lines: 3 }); // placed {"id":"o-1","lines":3}
 * log.child("payment", { id: "o-1" }).error("declined"); // in orders.payment: declined {"id":"o-1"}
 * ```
 */
export function logger(context = "", { level: least = "trace", fields }: LoggerOptions = {}): Logger {
  const at = (level: Level): LogFunction => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return () => undefined;
    return (message, own) => wasiLog(level, context, withFields(message, fields, own));
  };
  return {
    context,
    trace: at("trace"),
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    critical: at("critical"),
    child: (inner, more) =>
      logger(context === "" ? inner : `${context}.${inner}`, {
        level: least,
        fields: { ...fields, ...more },
      }),
  };
}

function withFields(message: string, common: LogFields | undefined, own: LogFields | undefined): string {
  const fields = describeFields(common, own);
  return fields === undefined ? message : `${message} ${fields}`;
}
