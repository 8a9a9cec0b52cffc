export { callPlace, type CallPlace } from "./call-place.ts";
export type { Job } from "./job.ts";
export { pausingEntry } from "./pausing-entry.ts";
export { runDebuggee } from "./run-debuggee.ts";
