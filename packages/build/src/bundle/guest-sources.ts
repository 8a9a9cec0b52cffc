import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { mapStack } from "./map-stack.ts";

/** The TypeScript behind the programs that the stacks of guests name. */
export class GuestSources {
  readonly #mapPaths: readonly string[];

  /** @param mapPaths source maps of the components' programs, as builds leave them */
  constructor(mapPaths: Iterable<string>) {
    this.#mapPaths = [...mapPaths];
  }

  /**
   * Makes places in programs those in the files that a person wrote: `place@shop_orders.js:9:9` becomes
   * `place@components/orders/src/main.ts:31:5`. What has no source map stays as it is.
   */
  async locate(text: string): Promise<string> {
    let located = text;
    for (const path of this.#mapPaths) {
      if (!text.includes(`${basename(path, ".map")}:`)) continue;
      const map = await readFile(path, "utf8").catch(() => undefined);
      if (map === undefined) continue;
      located = mapStack(located, map, path);
    }
    return located;
  }
}
