import type { CallableApi, FunctionName } from "./typed-api.ts";

/** Any name is a function: whether the component exports it is found out when it is called. */
export function callableApi<Api>(
  invoke: (name: FunctionName<Api>, values: readonly unknown[]) => Promise<unknown>,
): CallableApi<Api> {
  return new Proxy({} as CallableApi<Api>, {
    // `then` would make a promise of it.
    get: (_, name) =>
      typeof name === "symbol" || name === "then"
        ? undefined
        : (...values: readonly unknown[]) => invoke(name as FunctionName<Api>, values),
  });
}
