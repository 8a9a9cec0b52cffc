import type { DescriptorFlags, OpenFlags } from "wasi:filesystem/types@0.2.0";

/**
 * How a file is opened, as in Node: `r` reads, `w` writes anew, `a` writes at the end; `+` both reads and writes, `x`
 * fails if the file exists.
 *
 * @example
 * ```ts
 * const mode: OpenMode = "wx";
 * await using file = await open("report.txt", mode);
 * ```
 */
export type OpenMode = "r" | "r+" | "w" | "wx" | "w+" | "wx+" | "a" | "ax" | "a+" | "ax+";

export interface OpenModeFlags {
  readonly open: OpenFlags;
  readonly descriptor: DescriptorFlags;
  readonly append: boolean;
}

export function flagsOf(mode: OpenMode): OpenModeFlags {
  const append = mode.startsWith("a");
  const read = mode.startsWith("r") || mode.includes("+");
  const write = mode !== "r";
  const create = !mode.startsWith("r");
  return {
    open: { create, exclusive: mode.includes("x"), truncate: mode.startsWith("w") },
    descriptor: { read, write },
    append,
  };
}
