export type {
  Component,
  Components,
  ComponentType,
  ComponentUpload,
  DynamicLinking,
  FilePermissions,
  InitialFile,
} from "./ground/api/components.ts";
export type { Host } from "./ground/api/host.ts";
export type { HostOptions } from "./ground/api/host-options.ts";
export type {
  Moved,
  MovedLater,
  MoveFailure,
  MoveOutcome,
  NotMoved,
  ReplayDifference,
  ReplayStep,
} from "./ground/api/moves.ts";
export type { OplogPage, PublicOplogEntry } from "./ground/api/public-oplog.ts";
export type { WorkerEvent } from "./ground/api/worker-event.ts";
export type { UpdateRecord, WorkerMetadata, WorkerStatus } from "./ground/api/worker-metadata.ts";
export type { WorkerFilter } from "./ground/filter/worker-filter.ts";
export type { WorkerId } from "./ground/api/worker-id.ts";
export { type PromiseId, workerIdText } from "./ground/api/worker-id.ts";
export type { FileNode, RevertTarget, UpdateMode, WorkerListing, Workers } from "./ground/api/workers.ts";
export type { HostEvent } from "./ground/api/host-event.ts";
export type { HostNotice } from "./ground/api/host-notice.ts";
export { DEFAULT_LIMITS, type WorkerLimits } from "./ground/api/worker-limits.ts";
export type { Invocation, InvocationParams, InvocationResult } from "./ground/api/invocation.ts";
export { GolemError, type GolemErrorCase } from "./ground/golem-error.ts";
export { readOplog } from "./ground/read-oplog.ts";
export { NetworkRuleError } from "./ground/network/network-rule.ts";
export { RouteError } from "./ground/network/routes.ts";
export { serve, type RunningServer, type ServeOptions } from "./rest/serve.ts";
export type { Program, ProgramExport, ProgramImports } from "./engine/program/program.ts";
export { type ProgramReplayOptions, replayProgram, type ReplayPlace } from "./shard/replay-program.ts";
export { createHost } from "./router/host.ts";
export { HostClosedError } from "./router/host-closed-error.ts";
export { settlesWithin } from "./ground/clock/settles-within.ts";
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
export { OplogFileError, parseOplogFile, type OplogFile } from "./oplog/oplog-file.ts";
export { writeOplogFile } from "./oplog/write-oplog-file.ts";
export { CONSTANT_CALLS } from "./oplog/constant-calls.ts";
export { isHint } from "./oplog/entry.ts";
export { StorageError } from "./ground/storage-error.ts";
