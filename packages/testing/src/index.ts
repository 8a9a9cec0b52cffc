export type { CallFault } from "@golem-kit/host";
export { type Clock } from "./clock.ts";
export { type PlannedCrash } from "./crashes/arranged-crash.ts";
export { type Crash } from "./crashes/crash.ts";
export {
  CrashDifferenceError,
  type CrashedEntry,
  type DifferentRun,
} from "./crashes/crash-difference-error.ts";
export { everyCrash, type EveryCrashReport } from "./crashes/every-crash.ts";
export { type EveryCrashOptions } from "./crashes/every-crash-options.ts";
export { type Difference } from "./crashes/expectation.ts";
export { type Scenario, type Scene } from "./crashes/scene.ts";
export { type GuestFrame } from "./failure/guest-failure.ts";
export { InvocationError } from "./failure/invocation-error.ts";
export { extendExpect } from "./matchers.ts";
export { type LogLine } from "./log-lines.ts";
export { type Fault } from "./outside/fault.ts";
export { type Handler } from "./outside/origin-server.ts";
export { openOutside, type Outside } from "./outside/outside.ts";
export { type ReplayTarget } from "./replay-target.ts";
export { test } from "./test.ts";
export { type TestHost } from "./test-host.ts";
export { type FailedCalls, TestWorker } from "./test-worker.ts";
export { type ComponentApi, type KnownComponent } from "./typed-api.ts";
export { openWorkspace, type WorkerOf, type Workspace, type WorkspaceOptions } from "./workspace.ts";
