import type { Journal } from "../worker/journal.ts";
import type { HostContext } from "./host-context.ts";
import type { DurableFunction, HostFunction } from "./host-interface.ts";

/** A host function bound to one instance, still in terms of host objects. */
export type BoundFunction = (...args: unknown[]) => unknown;

type Run = (context: HostContext, ...args: unknown[]) => unknown;
type ToGuest = (context: HostContext, response: unknown, ...args: unknown[]) => unknown;

/**
 * The one place where host functions meet the oplog. Live: the function runs and its response is appended.
 * Replay: the recorded response is taken, after its name was compared.
 */
export function bindDurability(fn: HostFunction, context: HostContext, journal: Journal): BoundFunction {
  const run = fn.run as Run;
  if (fn.durability === "none") return (...args) => run(context, ...args);

  const toGuest = fn.toGuest as ToGuest | undefined;
  const remote = fn.durability === "WriteRemote";
  const expected = `a call of ${fn.recordedName}`;
  const durableFunctionType = { type: fn.durability } as const;

  const record = (response: unknown, args: unknown[]): unknown => {
    journal.append({
      type: "ImportedFunctionInvoked",
      functionName: fn.recordedName,
      request: requestOf(fn, context, args),
      response,
      durableFunctionType,
      ...(fn.recordTypes === true ? { types: fn.types } : {}),
    });
    if (remote) journal.commit();
    return toGuest === undefined ? response : toGuest(context, response, ...args);
  };

  return (...args) => {
    if (!journal.live) {
      const [, entry] = journal.take(
        "ImportedFunctionInvoked",
        expected,
        (found) => found.functionName === fn.recordedName,
      );
      return toGuest === undefined ? entry.response : toGuest(context, entry.response, ...args);
    }
    // What led to a change of the outside world must not be forgotten once the change is made.
    if (remote) beginRemoteWrite(journal, context);
    const response = run(context, ...args);
    return response instanceof Promise
      ? response.then((settled) => record(settled, args))
      : record(response, args);
  };
}

function beginRemoteWrite(journal: Journal, context: HostContext): void {
  context.durability.assertRunning();
  journal.commit();
}

function requestOf(fn: DurableFunction, context: HostContext, args: unknown[]): unknown {
  return fn.request === undefined ? undefined : (fn.request as Run)(context, ...args);
}
