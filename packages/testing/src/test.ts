import { test as base } from "vitest";
import { everyCrash, type EveryCrashReport } from "./crashes/every-crash.ts";
import type { EveryCrashOptions } from "./crashes/every-crash-options.ts";
import type { Scenario } from "./crashes/scene.ts";
import { extendExpect } from "./matchers.ts";
import type { Handler } from "./outside/origin-server.ts";
import { openOutside, type Outside } from "./outside/outside.ts";
import { openWorkspace, type Workspace, type WorkspaceOptions } from "./workspace.ts";

/** So many paths a test's report shows. */
const MOST_PATHS = 3;

interface Fixtures {
  /** What the host of the file is created with. @default as `openWorkspace` has it */
  readonly hostOptions: NonNullable<WorkspaceOptions["host"]>;
  /** The servers that workers believe to be out there: what answers, by origin. @default none */
  readonly origins: Readonly<Record<string, Handler>>;
  /** The servers of `origins`, for all tests of a file. */
  readonly servers: Outside;
  /** The same, without requests and faults of tests before. */
  readonly outside: Outside;
  /** A test fails by what handlers of origins have thrown while it ran, whether it asks for `outside` or not. */
  readonly thrownOutside: void;
  /** One host for all tests of a file. */
  readonly workspace: Workspace;
  readonly host: Workspace["host"];
  readonly worker: Workspace["worker"];
  readonly clock: Workspace["host"]["clock"];
  readonly component: Workspace["component"];
  /** Another one, which {@link everyCrash} resets for each run. */
  readonly crashWorkspace: Workspace;
  /**
   * {@link everyCrash} on a host of its own. Runs that a limit leaves out, and what is not compared, are noted in the test's
   * report.
   */
  readonly everyCrash: (scenario: Scenario, options?: EveryCrashOptions) => Promise<EveryCrashReport>;
}

extendExpect();

/**
 * vitest's `test` with the application's components on a host: `test("…", async ({ worker }) => …)`.
 *
 * `hostOptions` and `origins` are said at the top of a file, since its tests share a host.
 *
 * @example
 * ```ts
 * test.override("hostOptions", { retryDelays: false });
 * test.override("origins", { "https://pay.example": () => new Response("charged") });
 * ```
 */
export const test = base.extend<Fixtures>({
  hostOptions: [{}, { scope: "file" }],
  origins: [{}, { scope: "file" }],
  servers: [({ origins }, use) => useServers(origins, use), { scope: "file" }],
  outside: async ({ servers }, use) => {
    servers.reset();
    await use(servers);
  },
  thrownOutside: [
    async ({ servers }, use) => {
      await use();
      servers.check();
    },
    { auto: true },
  ],
  workspace: [
    ({ hostOptions, servers }, use) => useWorkspace({ routes: servers.routes, ...hostOptions }, use),
    { scope: "file" },
  ],
  host: ({ workspace }, use) => use(workspace.host),
  worker: ({ workspace }, use) => use(workspace.worker),
  component: ({ workspace }, use) => use(workspace.component),
  clock: ({ workspace }, use) => use(workspace.host.clock),
  crashWorkspace: [
    ({ hostOptions, servers }, use) => useWorkspace({ routes: servers.routes, ...hostOptions }, use),
    { scope: "file" },
  ],
  everyCrash: ({ crashWorkspace, signal, annotate }, use) =>
    use(async (scenario, options) => {
      const report = await everyCrash(crashWorkspace, scenario, { signal, ...options });
      for (const note of limitsOf(report)) await annotate(`everyCrash: ${note}`);
      return report;
    }),
});

/** What it has not tried or compared. */
function limitsOf({ runs, possible, variable }: EveryCrashReport): readonly string[] {
  const more = variable.length > MOST_PATHS ? ` and ${variable.length - MOST_PATHS} more` : "";
  const paths = `${variable.slice(0, MOST_PATHS).join(", ")}${more}`;
  return [
    ...(runs < possible ? [`${runs} of ${possible} possible runs`] : []),
    ...(variable.length > 0 ? [`not compared, since undisturbed runs differ there: ${paths}`] : []),
  ];
}

async function useServers(
  origins: Fixtures["origins"],
  use: (outside: Outside) => Promise<void>,
): Promise<void> {
  await using outside = await openOutside(origins);
  await use(outside);
}

async function useWorkspace(
  host: Fixtures["hostOptions"],
  use: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  await using workspace = await openWorkspace({ host });
  await use(workspace);
}
