import type { WitWorld } from "@golem-kit/wit";

/** Of which a component's engine is made: all but its program. */
export interface WorldInput {
  /** Folder of the WIT, in which the exports of other components have only their types. */
  readonly witPath: string;
  /** `shop:cart/cart` */
  readonly world: string;
  /** Parts of WASI that the engine may use. */
  readonly features: readonly EngineFeature[];
}

/** Ids of the interfaces that the engine loses in worlds that do not import them; of the others the features decide. */
export function wasiImportsOf(world: WitWorld): readonly string[] {
  return [...world.imports.keys()].filter((name) => /^wasi:(cli|filesystem|sockets)\//.test(name));
}

export type EngineFeature = "stdio" | "random" | "clocks" | "http" | "fetch-event";

/**
 * The parts of WASI that the engine uses in a world, as componentize-js chooses them: it answers HTTP requests itself, by `fetch`
 * events, unless the program does.
 */
export function featuresOf(world: WitWorld): readonly EngineFeature[] {
  const common = ["stdio", "random", "clocks", "http"] as const;
  const answers = [...world.exports.keys()].some((name) => name.startsWith("wasi:http/incoming-handler@"));
  return answers ? common : [...common, "fetch-event"];
}
