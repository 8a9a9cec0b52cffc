import type { WitType, WitWorld } from "@golem-kit/wit";

import type { FunctionLookup } from "../../interfaces/function-lookup.ts";
import type { Component } from "../../ground/api/components.ts";
import { type ExportedFunction, findExport } from "../../component/find-export.ts";
import { INCOMING_HANDLER, incomingHandlerExport } from "../../component/incoming-handler.ts";
import type { ComponentCode } from "../../engine/transpiler.ts";
import { hostFunctionLookup, linkProblem } from "../../interfaces/registry.ts";

/** One version of a component, ready to be instantiated. */
export class LoadedComponent {
  readonly component: Component;
  readonly world: WitWorld;
  readonly code: ComponentCode;
  /** Finds what implements an import: the host, or another component by RPC. */
  readonly lookup: FunctionLookup;
  /** Why it cannot be instantiated, if so. */
  readonly problem: string | undefined;
  readonly #exports = new Map<string, ExportedFunction>();

  /** @param maxWorkerMemory bytes */
  constructor(component: Component, world: WitWorld, code: ComponentCode, maxWorkerMemory: number) {
    this.component = component;
    this.world = world;
    this.code = code;
    const { dynamicLinking, memories } = component.metadata;
    this.lookup = hostFunctionLookup(world, dynamicLinking);
    this.problem =
      linkProblem(world, dynamicLinking, this.lookup) ?? memoryProblem(memories, maxWorkerMemory);
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

  /** The component's own handler of HTTP requests, if `target` is what callers use instead of it. */
  httpHandler(target: ExportedFunction): ExportedFunction | undefined {
    if (target.exportKey !== INCOMING_HANDLER.id) return undefined;
    return this.export(`${incomingHandlerExport(this.world)}.{handle}`);
  }

  /** Like `export`, for names out of an oplog, which an older version of the component may have had. */
  tryExport(functionName: string): ExportedFunction | undefined {
    try {
      return this.export(functionName);
    } catch {
      return undefined;
    }
  }

  /** Parameter types of an exported resource's constructor. */
  constructorParams(resource: string): readonly WitType[] | undefined {
    for (const item of this.world.exports.values()) {
      if (item.kind !== "interface") continue;
      const constructor = item.interface.functions.get(`[constructor]${resource}`);
      if (constructor !== undefined) return constructor.params.map((param) => param.type);
    }
    return undefined;
  }
}

function memoryProblem(
  memories: Component["metadata"]["memories"],
  maxWorkerMemory: number,
): string | undefined {
  const large = memories.find(({ initial }) => initial > maxWorkerMemory);
  if (large === undefined) return undefined;
  return `component begins with ${large.initial} bytes of memory, and workers of this host may have ${maxWorkerMemory} (maxWorkerMemory)`;
}
