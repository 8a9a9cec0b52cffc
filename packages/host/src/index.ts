export type {
  Component,
  Components,
  ComponentType,
  ComponentUpload,
  DynamicLinking,
  FileNode,
  FilePermissions,
  Host,
  HostOptions,
  InitialFile,
  OplogPage,
  WorkerEvent,
  PublicOplogEntry,
  UpdateRecord,
  RevertTarget,
  UpdateMode,
  WorkerFilter,
  WorkerId,
  WorkerListing,
  WorkerMetadata,
  Workers,
  WorkerStatus,
} from "./api.ts";
export type { Invocation, InvocationParams, InvocationResult } from "./invocation.ts";
export { GolemError, type GolemErrorCase, type PromiseId, workerIdText } from "./golem-error.ts";
export { NetworkRuleError } from "./network/network-rule.ts";
export { RouteError } from "./network/routes.ts";
export { serve, type RunningServer, type ServeOptions } from "./rest/serve.ts";
export { createHost } from "./router/host.ts";
export { HostClosedError } from "./router/host-closed-error.ts";
export type {
  CallErrorTag,
  CallFault,
  CrashPoint,
  PlannedCalls,
  ReplayReport,
  SharedContents,
  SimulatedClock,
  Simulation,
} from "./simulation.ts";
export { OplogFileError, parseOplogFile, printOplogFile, type OplogFile } from "./oplog/oplog-file.ts";
export { isHint } from "./oplog/entry.ts";
export { StorageError } from "./storage/storage-error.ts";
