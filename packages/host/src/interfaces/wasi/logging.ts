import type { LogLevel } from "../../oplog/entry.ts";
import { direct, type HostInterface } from "../host-interface.ts";
import type { LogPort } from "../ports.ts";

export const logging: HostInterface<LogPort> = {
  name: "wasi:logging/logging",
  functions: {
    log: direct((context, level: LogLevel, logContext: string, message: string) =>
      context.log(level, logContext, message),
    ),
  },
};
