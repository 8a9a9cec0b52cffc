import { test as base } from "vitest";
import { openWorkspace, type Workspace } from "./workspace.ts";

interface Fixtures {
  /** One host for all tests of a file. */
  readonly workspace: Workspace;
  readonly host: Workspace["host"];
  readonly worker: Workspace["worker"];
}

/** vitest's `test` with the application's components on a host: `test("…", async ({ worker }) => …)`. */
export const test = base.extend<Fixtures>({
  workspace: [
    async ({}, use) => {
      await using workspace = await openWorkspace();
      await use(workspace);
    },
    { scope: "file" },
  ],
  host: ({ workspace }, use) => use(workspace.host),
  worker: ({ workspace }, use) => use(workspace.worker),
});
