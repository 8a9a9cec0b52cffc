import { isCompatible, type WitWorld } from "@golem-kit/wit";

/** In the order in which they are looked for. */
const VERSIONS = ["1.1.0", "0.2.0"];

/** The name of the function by which a component saves or loads its state; `undefined` if it does not export it. */
export function snapshotFunction(world: WitWorld, name: "save" | "load"): string | undefined {
  for (const version of VERSIONS) {
    for (const key of world.exports.keys()) {
      const [id, offered] = key.split("@");
      if (id === `golem:api/${name}-snapshot` && isCompatible(version, offered)) return `${key}.{${name}}`;
    }
  }
  return undefined;
}
