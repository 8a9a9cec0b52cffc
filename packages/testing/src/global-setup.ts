import { buildNamed } from "@golem-kit/deployment";

/** For vitest's `globalSetup`: builds what is stale once, before the test files run side by side. */
export async function setup(): Promise<void> {
  await buildNamed([]);
}
