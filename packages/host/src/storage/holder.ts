import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a process says of itself in the data directory that it holds. */
export interface Holder {
  readonly pid?: number;
  /** The boot in which every log was written that is there; absent until the logs of an earlier one are gone. */
  readonly boot?: string;
}

/** The last that held the directory; nothing is known of it if it was killed before it wrote that, or lost its power. */
export function readHolder(root: string): Holder {
  try {
    const { pid, boot } = JSON.parse(readFileSync(fileIn(root), "utf8")) as Readonly<Record<string, unknown>>;
    return {
      ...(typeof pid === "number" ? { pid } : {}),
      ...(typeof boot === "string" ? { boot } : {}),
    };
  } catch {
    return {};
  }
}

export function writeHolder(root: string, holder: Holder): void {
  writeFileSync(fileIn(root), JSON.stringify(holder));
}

function fileIn(root: string): string {
  return join(root, "holder.json");
}
