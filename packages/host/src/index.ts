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
} from "./ground/api/workers.ts";
export type { Invocation, InvocationParams, InvocationResult } from "./ground/api/invocation.ts";
export { GolemError, type GolemErrorCase, type PromiseId, workerIdText } from "./ground/golem-error.ts";
export { NetworkRuleError } from "./ground/network/network-rule.ts";
export { RouteError } from "./ground/network/routes.ts";
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
} from "./ground/api/simulation.ts";
export { OplogFileError, parseOplogFile, printOplogFile, type OplogFile } from "./oplog/oplog-file.ts";
export { isHint } from "./oplog/entry.ts";
export { StorageError } from "./ground/storage-error.ts";
