import { buildEachNamed, failureOf } from "@golem-kit/deployment";
import type { TestProject } from "vitest/node";

/**
 * For vitest's `globalSetup`: builds what is stale once, before the test files run side by side, and before they run again. A
 * component that cannot be built is told of, and fails the tests that use it.
 *
 * @throws BuildError, ManifestError, WitError for what all components have in common
 */
export async function setup(project: Pick<TestProject, "onTestsRerun">): Promise<void> {
  await build();
  project.onTestsRerun(async () => {
    try {
      await build();
    } catch (error) {
      // The tests that need it fail with the same; the next save may mend it.
      tell(error);
    }
  });
}

async function build(): Promise<void> {
  const { failures } = await buildEachNamed([]);
  if (failures.length > 0) tell(failureOf(failures));
}

function tell(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
