import type { WitWorld } from "@golem-kit/wit";
import type { Component } from "../ground/api/components.ts";
import { GolemError } from "../ground/golem-error.ts";
import { componentWorld } from "./incoming-handler.ts";
import { analysedExports } from "./exported-interface.ts";
import { readModuleFacts } from "./module-facts.ts";

/** What the host learns from a component's bytes alone. */
export interface ComponentDescription {
  /** What it imports and exports, with all types. */
  readonly world: WitWorld;
  /** Golem's `metadata`, but for the dynamic linking, which comes with the upload. `binaryWit` is left empty. */
  readonly metadata: Omit<Component["metadata"], "dynamicLinking">;
}

/**
 * Reads a component: a few milliseconds whatever its size. Code is not validated; that happens when it is compiled.
 *
 * @param componentId for the error only
 * @throws GolemError `ComponentParseFailed` for a core module and for anything else that is no component
 */
export function describeComponent(wasm: Uint8Array, componentId: string): ComponentDescription {
  try {
    const world = componentWorld(wasm);
    const { producers, memories, packageName, packageVersion } = readModuleFacts(wasm);
    return {
      world,
      metadata: {
        exports: analysedExports(world),
        producers,
        memories,
        binaryWit: "",
        rootPackageName: packageName,
        rootPackageVersion: packageVersion,
      },
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GolemError({ type: "ComponentParseFailed", componentId, reason }, { cause: error });
  }
}
