import type { WitWorld } from "@golem-kit/wit";

import type { Component } from "../api.ts";
import { type ExportedFunction, findExport } from "../component/find-export.ts";
import type { ComponentCode } from "../engine/transpiler.ts";
import type { FunctionLookup } from "../interfaces/bind.ts";
import { hostFunctionLookup } from "../interfaces/registry.ts";

/** One version of a component, ready to be instantiated. */
export class LoadedComponent {
  readonly component: Component;
  readonly world: WitWorld;
  readonly code: ComponentCode;
  /** Finds what implements an import: the host, or another component by RPC. */
  readonly lookup: FunctionLookup;
  readonly #exports = new Map<string, ExportedFunction>();

  constructor(component: Component, world: WitWorld, code: ComponentCode) {
    this.component = component;
    this.world = world;
    this.code = code;
    this.lookup = hostFunctionLookup(world, component.metadata.dynamicLinking);
  }

  /** @throws GolemError `InvalidRequest` for an unknown function */
  export(functionName: string): ExportedFunction {
    let found = this.#exports.get(functionName);
    if (found === undefined) {
      found = findExport(this.world, functionName);
      this.#exports.set(functionName, found);
    }
    return found;
  }
}
