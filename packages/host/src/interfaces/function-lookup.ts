import type { HostFunction } from "./host-interface.ts";
import type { HostContext } from "./ports.ts";

/** Finds the host function that implements an import; `undefined` if there is none. */
export type FunctionLookup = (
  interfaceId: string,
  functionName: string,
) => HostFunction<HostContext> | undefined;
