import { test as base } from "vitest";
import {
  everyCrash,
  type EveryCrashOptions,
  type EveryCrashReport,
  type Scenario,
} from "./crashes/every-crash.ts";
import { extendExpect } from "./matchers.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

interface Fixtures {
  /** One host for all tests of a file. */
  readonly workspace: Workspace;
  readonly host: Workspace["host"];
  readonly worker: Workspace["worker"];
  readonly clock: Workspace["host"]["clock"];
  readonly component: Workspace["component"];
  /** Another one, which {@link everyCrash} resets for each run. */
  readonly crashWorkspace: Workspace;
  /** {@link everyCrash} on a host of its own. */
  readonly everyCrash: (scenario: Scenario, options?: EveryCrashOptions) => Promise<EveryCrashReport>;
}

extendExpect();

/** vitest's `test` with the application's components on a host: `test("…", async ({ worker }) => …)`. */
export const test = base.extend<Fixtures>({
  workspace: [({}, use) => useWorkspace(use), { scope: "file" }],
  host: ({ workspace }, use) => use(workspace.host),
  worker: ({ workspace }, use) => use(workspace.worker),
  component: ({ workspace }, use) => use(workspace.component),
  clock: ({ workspace }, use) => use(workspace.host.clock),
  crashWorkspace: [({}, use) => useWorkspace(use), { scope: "file" }],
  everyCrash: ({ crashWorkspace, signal }, use) =>
    use((scenario, options) => everyCrash(crashWorkspace, scenario, { signal, ...options })),
});

async function useWorkspace(use: (workspace: Workspace) => Promise<void>): Promise<void> {
  await using workspace = await openWorkspace();
  await use(workspace);
}
