import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { basename, dirname, resolve } from "node:path";
import { displayPath } from "../display-path.ts";

/**
 * Makes a guest's stack trace name the files that a person wrote: `place@shop_orders.js:9:9` →
 * `place@components/orders/src/main.ts:31:5`.
 *
 * @param text anything with places in the bundle
 * @param map source map of the bundle, as JSON
 * @param mapPath where that map lies
 */
export function mapStack(text: string, map: string, mapPath: string): string {
  const trace = new TraceMap(map);
  const bundle = basename(mapPath, ".map").replaceAll(".", "\\.");
  return text.replace(
    new RegExp(`(?:/source/)?${bundle}:(\\d+):(\\d+)`, "g"),
    (place, line: string, column: string) => {
      const original = originalPositionFor(trace, {
        line: Number(line),
        column: Math.max(0, Number(column) - 1),
      });
      if (original.source === null) return place;
      const file = displayPath(resolve(dirname(mapPath), original.source));
      return `${file}:${original.line}:${original.column + 1}`;
    },
  );
}
