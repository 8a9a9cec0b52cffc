/** Lines in a worker's log, and its standard output and error. */
export { captureConsole } from "./logging/capture-console.ts";
export type { LogFields } from "./logging/describe-fields.ts";
export { logger, type Level, type LogFunction, type Logger, type LoggerOptions } from "./logging/logger.ts";
export { StandardOutput, stderr, stdout } from "./logging/standard-output.ts";
