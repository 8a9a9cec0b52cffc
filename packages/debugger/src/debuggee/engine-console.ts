import type { HostCalls } from "./host-calls.ts";

/** Functions of `console` that write. */
const WRITING = [
  "count",
  "debug",
  "dir",
  "dirxml",
  "error",
  "group",
  "groupCollapsed",
  "info",
  "log",
  "table",
  "trace",
  "warn",
] as const;

/**
 * Has `console` make the call of the host that the engine of a component makes before it writes for the first time: what
 * adapts it to WASI looks for its files then. What is written is shown by Node.
 */
export function installEngineConsole(host: HostCalls): void {
  let hasWritten = false;
  for (const name of WRITING) {
    const native = console[name].bind(console) as (...values: readonly unknown[]) => void;
    Reflect.set(console, name, (...values: readonly unknown[]) => {
      if (!hasWritten) {
        hasWritten = true;
        host.call("wasi:filesystem/preopens", "get-directories", []);
      }
      native(...values);
    });
  }
}
