import { buildNamed } from "@golem-kit/deployment";
import type { TestProject } from "vitest/node";

/** For vitest's `globalSetup`: builds what is stale once, before the test files run side by side, and before they run again. */
export async function setup(project: Pick<TestProject, "onTestsRerun">): Promise<void> {
  await buildNamed([]);
  project.onTestsRerun(async () => {
    try {
      await buildNamed([]);
    } catch (error) {
      // The tests that need it fail with the same; the next save may mend it.
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  });
}
