import type { OplogRegion } from "./entry.ts";

/** The same indices in regions that do not overlap. */
export function mergedRegions(regions: readonly OplogRegion[]): readonly OplogRegion[] {
  const merged: OplogRegion[] = [];
  for (const region of regions.toSorted((one, other) => one.start - other.start)) {
    const last = merged.at(-1);
    if (last !== undefined && region.start <= last.end + 1)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, region.end) };
    else merged.push(region);
  }
  return merged;
}
