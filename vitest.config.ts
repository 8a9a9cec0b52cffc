import { componentTriggers } from "@golem-kit/testing/component-triggers";
import { defineConfig } from "vitest/config";

const tests = ["{packages,components}/*/test/**/*.test.ts", "scripts/test/**/*.test.ts"];

export default defineConfig(async () => ({
  test: {
    // With --watch: components are not among what tests import.
    watchTriggerPatterns: await componentTriggers(import.meta.dirname),
    // Packages run from their source in tests as they do elsewhere: Node strips the types.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    globalSetup: [
      "packages/build/test/prune-caches.ts",
      "packages/testing/src/global-setup.ts",
      "packages/host/test/coverage/called-functions.ts",
    ],
    execArgv: [
      // Guests run for a second here: optimizing a JavaScript engine for them takes more time than it saves. Servers that
      // tests start as processes do it.
      "--no-wasm-tier-up",
      "--import",
      new URL("packages/host/test/coverage/record-calls.mjs", import.meta.url).href,
    ],
    // Hosts wait more than they compute: vitest's default would leave a core to nothing.
    maxWorkers: "100%",
    // A test may start a server and kill it; one that hangs should still end.
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    // No test may depend on another one; the seed that vitest prints repeats an order: --sequence.seed.
    sequence: { shuffle: true },
    projects: [
      { extends: true, test: { name: "tests", include: tests } },
      {
        extends: true,
        // What the tests have done together is known when all others have ended.
        test: { name: "afterwards", include: ["packages/*/test/**/*.after.ts"], sequence: { groupOrder: 1 } },
      },
    ],
  },
}));
