import { buildComponents, loadApplication } from "@golem-kit/build";
import { findApplicationRoot } from "@golem-kit/cli";

/** For vitest's `globalSetup`: builds what is stale once, before the test files run side by side. */
export async function setup(): Promise<void> {
  await buildComponents(await loadApplication(findApplicationRoot(process.cwd())));
}
