/** Oplogs: of this worker and of others, to be read and searched; and this worker's place in its own. */
export { commitOplog, currentOplogIndex, setOplogIndex } from "./oplog/position.ts";
export { readOplog, searchOplog, type ReadOplogOptions } from "./oplog/read-oplog.ts";
export type {
  IndexedOplogEntry,
  InvocationSpan,
  LogLevel,
  OplogEntry,
  PendingInvocation,
  PluginInstallation,
  UpdateDescription,
  WitValue,
  WrappedFunctionType,
} from "./oplog/oplog-entry.ts";
export type { CurrentRetryPolicy } from "./durability/current-retry-policy.ts";
export type { Timestamp } from "./timestamp.ts";
export type { WorkerAddress } from "./worker/address.ts";
