import type { Plugin } from "rollup";

/** A module of a package that draws random numbers while it is loaded, only to see whether there are any. */
interface RandomProbe {
  readonly module: RegExp;
  readonly probe: string;
  readonly instead: string;
}

const PROBES: readonly RandomProbe[] = [
  {
    // Up to now all versions that blind scalars, 2.3 and 2.4.
    module: /[\\/]@noble[\\/]curves[\\/]abstract[\\/]curve\.js$/,
    probe: "const probe = randomBytes(length);",
    instead: "const probe = new Uint8Array(length);",
  },
  {
    // It asks whether a random number has more than 32 bits. Those of a worker have.
    module: /[\\/]bignumber\.js[\\/].*bignumber\.[cm]?js$/,
    probe: "(Math.random() * pow2_53) & 0x1fffff",
    instead: "true",
  },
];

/**
 * Leaves out what packages draw while they are loaded and then throw away: there are random numbers in every worker, and the
 * build need not refuse it. What they draw later is the worker's own. A package that has changed is refused as others are.
 */
export const leaveOutRandomProbes: Plugin = {
  name: "random-probes",
  transform(code, id) {
    const found = PROBES.find(({ module, probe }) => module.test(id) && code.includes(probe));
    // On one line, nothing before it moves.
    return found === undefined ? null : { code: code.replace(found.probe, found.instead), map: null };
  },
};
