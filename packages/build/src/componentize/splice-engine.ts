import { freeArguments } from "./free-arguments.ts";
import { mendFlatIntegers } from "./flat-integers.ts";
import { mendPlainResources } from "./plain-resources.ts";
import { inProgramRealm } from "./program-realm.ts";
import { mendRepeatedInterfaces } from "./repeated-interfaces.ts";
import { settleTimeZone } from "./time-zone.ts";
import type { Splicer, Splicing } from "./splicer.ts";
import type { WorldInput } from "./world-input.ts";

/** The engine for a world, before it is initialised. */
export interface SplicedEngine {
  readonly wasm: Uint8Array;
  readonly initializer: Initializer;
}

/** What the engine reads while it is initialised, beside the program. */
export interface Initializer {
  /** JavaScript that runs in a realm of its own, before the program. */
  readonly bindings: string;
  /** By which componentize-js tells the engine the functions of the world. */
  readonly environment: Readonly<Record<string, string>>;
  /** `wasi:random/random@0.2.9#get-random-u64` for each import, in order. */
  readonly imports: readonly string[];
}

/** Takes about a second. The bindings are mended, of all that componentize-js gets wrong in them. */
export function spliceEngine(splicer: Splicer, world: WorldInput): SplicedEngine {
  const splicing = splicer.splice(world);
  const argumentTypes = new Map(
    splicing.exports.map(([name, { paramptr, params }]) => [name, `${paramptr ? "*" : ""}${params.join()}`]),
  );
  const bindings = mendFlatIntegers(splicing.jsBindings, argumentTypes);
  return {
    wasm: splicing.wasm,
    initializer: {
      bindings: inProgramRealm(
        settleTimeZone(freeArguments(mendPlainResources(mendRepeatedInterfaces(bindings)))),
        splicing.exports.map(([name]) => name),
      ),
      environment: environmentOf(splicing, argumentTypes, world),
      imports: splicing.imports.map(([specifier, name]) => `${specifier}#${name}`),
    },
  };
}

function environmentOf(
  { exports, imports }: Splicing,
  argumentTypes: ReadonlyMap<string, string>,
  { features }: WorldInput,
): Record<string, string> {
  const environment: Record<string, string> = {
    DEBUG: "",
    SOURCE_NAME: "source.js",
    EXPORT_CNT: String(exports.length),
    FEATURE_CLOCKS: features.includes("clocks") ? "1" : "",
    IMPORT_CNT: String(imports.length),
  };
  for (const [index, [name, { ret = "", retptr, retsize }]] of exports.entries()) {
    environment[`EXPORT${index}_NAME`] = name;
    environment[`EXPORT${index}_ARGS`] = argumentTypes.get(name) ?? "";
    environment[`EXPORT${index}_RET`] = (retptr ? "*" : "") + ret;
    environment[`EXPORT${index}_RETSIZE`] = String(retsize);
  }
  for (const [index, [, name, count]] of imports.entries()) {
    environment[`IMPORT${index}_NAME`] = name;
    environment[`IMPORT${index}_ARGCNT`] = String(count);
  }
  return environment;
}
