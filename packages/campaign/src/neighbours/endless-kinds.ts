/** What guests do without end, and never yield: `forever` of the program component. */
export const ENDLESS_KINDS = [
  "compute",
  "recurse",
  "clock",
  "random",
  "key",
  "index",
  "log",
  "stdout",
  "sleep-zero",
  "get",
  "set",
  "ready",
  "promise",
  "future",
  "allocate",
] as const;

export type EndlessKind = (typeof ENDLESS_KINDS)[number];
