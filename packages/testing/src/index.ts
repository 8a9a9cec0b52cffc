export { test } from "./test.ts";
export { type TestHost } from "./test-host.ts";
export { TestWorker } from "./test-worker.ts";
export { openWorkspace, type Workspace, type WorkspaceOptions } from "./workspace.ts";
