import { crc32 } from "node:zlib";

type Column = string | number | null | Uint8Array;

/** A checksum of the columns of a row: of their types, of what they hold, and of where each ends. */
export function rowChecksum(...columns: readonly Column[]): number {
  return columns.reduce<number>((sum, column) => {
    if (column === null) return crc32("null;", sum);
    if (typeof column === "number") return crc32(`${column};`, sum);
    return crc32(column, crc32(`${typeof column} of ${column.length}:`, sum));
  }, 0);
}
