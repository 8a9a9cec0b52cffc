import type { WitWorld } from "@golem-kit/wit";

import { INCOMING_HANDLER } from "./incoming-handler.ts";

/** The interfaces' functions that must be declared as waiting when the component is transpiled. */
export function asyncExportsOf(world: WitWorld): string[] {
  const names: string[] = [];
  for (const [key, item] of world.exports) {
    if (item.kind === "function") names.push(key);
    else if (item.interface !== INCOMING_HANDLER)
      for (const name of item.interface.functions.keys()) names.push(`${key}#${name}`);
  }
  return names;
}
