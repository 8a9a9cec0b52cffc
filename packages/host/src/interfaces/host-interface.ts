import type { DurableFunctionType, RecordedTypes } from "../oplog/entry.ts";
import type { RemoteWrite } from "../oplog/remote-write.ts";

/**
 * A WIT interface that the host offers: one table of functions, by canonical WIT name (`get`, `[method]bucket.x`,
 * `[static]bucket.x`, `[constructor]x`, `[resource-drop]x`).
 *
 * Functions deal in plain JavaScript values of the WIT types; a resource is the host object that stands for it.
 * A WIT `result` is `{ tag: "ok" | "err", val }`, also at the top.
 *
 * @typeParam Ports what of the host its functions can reach
 */
export interface HostInterface<Ports> {
  /** Without version: `wasi:keyvalue/eventual`. */
  readonly name: string;
  readonly functions: HostFunctions<Ports>;
  /** Journalled functions that the guest does not call itself; others call them for it. @default none */
  readonly inner?: readonly DurableFunction<Ports>[];
}

/** Functions by canonical WIT name. */
export type HostFunctions<Ports> = Readonly<Record<string, HostFunction<Ports>>>;

export type HostFunction<Ports> = DirectFunction<Ports> | DurableFunction<Ports>;

/** Not journalled: runs again on every replay. */
export interface DirectFunction<Ports> {
  readonly durability: "none";
  /** May return a promise: the guest is suspended meanwhile. */
  readonly waits: boolean;
  readonly run: (context: Ports, ...args: never[]) => unknown;
}

/** Journalled: runs once; on replay the recorded response is used. */
export interface DurableFunction<Ports> {
  readonly durability: DurableFunctionType["type"];
  readonly waits: boolean;
  /** Name in the oplog, compared on replay. */
  readonly recordedName: string;
  readonly types: RecordedTypes;
  /** The types are not the same for every call of this name: they are recorded along. @default false */
  readonly recordTypes?: boolean;
  /** The remote write that the call belongs to. @default none: the call stands for itself */
  readonly batch?: (...args: never[]) => RemoteWrite;
  /**
   * When the call commits the oplog. `before`: what led to it must not be forgotten, but doing it again changes nothing, for
   * the other side knows its idempotency key. `after`: the call itself must not be forgotten. `never`: nobody else sees it.
   *
   * @default "around" of a `WriteRemote`, else "never"
   */
  readonly commits?: "around" | "before" | "after" | "never";
  /** What is recorded of the arguments. @default nothing */
  readonly request?: (context: Ports, ...args: never[]) => unknown;
  /** Bytes that the call writes to a bucket or a blob. @default none */
  readonly stores?: (context: Ports, ...args: never[]) => number;
  /** Does the work; its result is what is recorded. */
  readonly run: (context: Ports, ...args: never[]) => unknown;
  /** Makes the WIT result out of the recorded response; runs live and on replay. @default the response itself */
  readonly toGuest?: (context: Ports, response: never, ...args: never[]) => unknown;
}

/** The parts of a durable function that are its own. */
export interface DurableParts<Ports> extends Pick<
  DurableFunction<Ports>,
  "request" | "stores" | "run" | "toGuest" | "recordTypes" | "commits"
> {
  readonly types: RecordedTypes;
  /** @default false */
  readonly waits?: boolean;
}

/** A function whose work is repeated on replay: it depends on nothing but the guest. */
export function direct<Ports>(run: NoInfer<DirectFunction<Ports>["run"]>): DirectFunction<Ports> {
  return { durability: "none", waits: false, run };
}

/** Like `direct`, but may wait. */
export function waiting<Ports>(run: NoInfer<DirectFunction<Ports>["run"]>): DirectFunction<Ports> {
  return { durability: "none", waits: true, run };
}

/** Reads something of this machine or worker. */
export function readLocal<Ports>(
  recordedName: string,
  parts: NoInfer<DurableParts<Ports>>,
): DurableFunction<Ports> {
  return { waits: false, ...parts, durability: "ReadLocal", recordedName };
}

/** Changes something of this worker. */
export function writeLocal<Ports>(
  recordedName: string,
  parts: NoInfer<DurableParts<Ports>>,
): DurableFunction<Ports> {
  return { waits: false, ...parts, durability: "WriteLocal", recordedName };
}

/** Reads something that others may change. */
export function readRemote<Ports>(
  recordedName: string,
  parts: NoInfer<DurableParts<Ports>>,
): DurableFunction<Ports> {
  return { waits: false, ...parts, durability: "ReadRemote", recordedName };
}

/** Changes something that others can see: the oplog is committed before and after it, unless `commits` says less. */
export function writeRemote<Ports>(
  recordedName: string,
  parts: NoInfer<DurableParts<Ports>>,
): DurableFunction<Ports> {
  return { waits: false, ...parts, durability: "WriteRemote", recordedName };
}

/** One of the calls that make up a remote write, which was begun before and is ended later. */
export function writeRemoteBatched<Ports>(
  recordedName: string,
  parts: NoInfer<DurableParts<Ports>> & { readonly batch: (...args: never[]) => RemoteWrite },
): DurableFunction<Ports> {
  return { waits: false, ...parts, durability: "WriteRemoteBatched", recordedName };
}
