import { join } from "node:path";
import { pruneCache } from "../src/index.ts";

const caches = join(import.meta.dirname, "../../../node_modules/.cache/golem-kit");

/** For vitest's `globalSetup`: forgets fixtures that no test has used for long, and what is too much of the others. */
export async function setup(): Promise<void> {
  // Another run of the tests may be going on.
  await pruneCache(join(caches, "host-test"), { maxBytes: 2 * 2 ** 30, spare: 3_600_000 });
}
