import { readFileSync } from "node:fs";
import type { WitWorld } from "@golem-kit/wit";
import { parseWit, resolveWit } from "@golem-kit/wit";

const EXPORTS = readFileSync(new URL("../fixtures/golden/orders-exports.wit", import.meta.url), "utf8");

/** WIT of the component that Golem's recorded answers are about, as Golem's tools generated it. */
export function goldenText(): string {
  return `${EXPORTS}\nworld orders { export api; }\n`;
}

export function goldenWorld(): WitWorld {
  return resolveWit([parseWit(goldenText())]).world();
}
