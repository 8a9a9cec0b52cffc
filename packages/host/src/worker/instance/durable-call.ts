import type { HostContext } from "../../interfaces/ports.ts";
import { CONSTANT_CALLS } from "../../oplog/constant-calls.ts";
import type { Attempt } from "../../oplog/divergence-error.ts";
import type { RemoteWrite } from "../../oplog/remote-write.ts";
import type { Journal } from "../../journal/journal.ts";
import type { DurableFunction, HostFunction } from "../../interfaces/host-interface.ts";

/** A host function bound to one instance, still in terms of host objects. */
export type BoundFunction = (...args: unknown[]) => unknown;

type Run = (context: HostContext, ...args: unknown[]) => unknown;
type Stores = (context: HostContext, ...args: unknown[]) => number;
type ToGuest = (context: HostContext, response: unknown, ...args: unknown[]) => unknown;

/**
 * The one place where host functions meet the oplog. Live: the function runs and its response is appended.
 * Replay: the recorded response is taken, after its name was compared.
 */
export function bindDurability(
  fn: HostFunction<HostContext>,
  context: HostContext,
  journal: Journal,
): BoundFunction {
  const run = fn.run as Run;
  if (fn.durability === "none") return (...args) => run(context, ...args);
  const type = fn.durability;

  const toGuest = fn.toGuest as ToGuest | undefined;
  const batchOf = fn.batch as ((...args: unknown[]) => RemoteWrite) | undefined;
  const remote = fn.durability === "WriteRemote";
  const commits = fn.commits ?? (remote ? "around" : "never");
  // What waits is sent to another worker, when all before it is on the disk.
  const flushes = remote && commits !== "never" && !fn.waits;

  if (CONSTANT_CALLS.has(fn.recordedName)) return bindConstant(fn, context, journal);

  const record = (response: unknown, args: unknown[], own?: RemoteWrite): unknown => {
    const batch = batchOf?.(...args);
    journal.append({
      type: "ImportedFunctionInvoked",
      functionName: fn.recordedName,
      request: requestOf(fn, context, args),
      response,
      durableFunctionType: batch === undefined ? { type } : { type, index: batch.beginIndex },
      ...(fn.stores === undefined ? {} : { stored: (fn.stores as Stores)(context, ...args) }),
      ...(fn.recordTypes === true ? { types: fn.types } : {}),
    });
    if (own !== undefined) context.durability.endRemoteWrite(own);
    if (commits === "around" || commits === "after" || batch !== undefined) journal.commit();
    return toGuest === undefined ? response : toGuest(context, response, ...args);
  };

  const replay = (args: unknown[], own?: RemoteWrite): unknown => {
    context.durability.assertPersisted(fn.recordedName);
    const [, entry] = journal.take(
      "ImportedFunctionInvoked",
      () => attemptOf(fn, context, args),
      (found) => found.functionName === fn.recordedName,
    );
    if (own !== undefined) context.durability.endRemoteWrite(own);
    return toGuest === undefined ? entry.response : toGuest(context, entry.response, ...args);
  };

  const live = (args: unknown[], own?: RemoteWrite): unknown => {
    journal.crashes?.about(fn.recordedName);
    if (flushes) journal.flush();
    const response = run(context, ...args);
    return response instanceof Promise
      ? response.then((settled) => record(settled, args, own))
      : record(response, args, own);
  };

  if (!remote) return (...args) => (journal.live ? live(args) : replay(args));
  return (...args) => {
    if (context.durability.idempotenceMode) {
      if (!journal.live) return replay(args);
      if (commits === "never") context.durability.assertRunning();
      else context.durability.commitForRemoteWrite();
      return live(args);
    }
    // What must not happen twice is marked before it may happen.
    const own = context.durability.beginRemoteWrite();
    return own.recorded ? replay(args, own) : live(args, own);
  };
}

/** Recorded when it is made, and never looked for: what it answers, a replay knows. */
function bindConstant(
  fn: DurableFunction<HostContext>,
  context: HostContext,
  journal: Journal,
): BoundFunction {
  const toGuest = fn.toGuest as ToGuest | undefined;
  return (...args) => {
    const response = (fn.run as Run)(context, ...args);
    if (journal.live && !journal.cursor.wasMade(fn.recordedName)) {
      journal.crashes?.about(fn.recordedName);
      journal.append({
        type: "ImportedFunctionInvoked",
        functionName: fn.recordedName,
        request: requestOf(fn, context, args),
        response,
        durableFunctionType: { type: fn.durability },
      });
    }
    return toGuest === undefined ? response : toGuest(context, response, ...args);
  };
}

function attemptOf(fn: DurableFunction<HostContext>, context: HostContext, args: unknown[]): Attempt {
  const call = { summary: `a call of ${fn.recordedName}`, function: fn.recordedName };
  try {
    return { ...call, request: requestOf(fn, context, args) };
  } catch {
    // Of a call that is not made there may be nothing to tell.
    return call;
  }
}

function requestOf(fn: DurableFunction<HostContext>, context: HostContext, args: unknown[]): unknown {
  return fn.request === undefined ? undefined : (fn.request as Run)(context, ...args);
}

/** What was recorded of a call, if that is the next thing that a replay does. */
export function nextResponse({ recordedName }: DurableFunction<HostContext>, journal: Journal): unknown {
  const [, entry] = journal.cursor.peek() ?? [];
  return entry?.type === "ImportedFunctionInvoked" && entry.functionName === recordedName
    ? entry.response
    : undefined;
}

/** Binds functions that others call on the way; each is bound once. */
export function durableCaller(context: HostContext, journal: Journal): HostContext["call"] {
  const bound = new Map<DurableFunction<HostContext>, BoundFunction>();
  return (fn, ...args) => {
    let call = bound.get(fn);
    if (call === undefined) {
      call = bindDurability(fn, context, journal);
      bound.set(fn, call);
    }
    return call(...args);
  };
}
