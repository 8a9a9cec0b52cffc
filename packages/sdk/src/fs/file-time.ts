import type { NewTimestamp } from "wasi:filesystem/types@0.2.0";

import { toDatetime } from "../instant.ts";

/**
 * A time to give to a file: a point in time, the present, or the one that it has.
 *
 * @example
 * ```ts
 * const times: [FileTime, FileTime] = ["unchanged", new Date(0)];
 * await utimes("report.txt", ...times);
 * ```
 */
export type FileTime = Date | { readonly epochMilliseconds: number } | "now" | "unchanged";

/** @throws SdkError `invalid-time` */
export function newTimestamp(time: FileTime): NewTimestamp {
  if (time === "now") return { tag: "now" };
  if (time === "unchanged") return { tag: "no-change" };
  return { tag: "timestamp", val: { ...toDatetime(time) } };
}
