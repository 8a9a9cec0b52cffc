import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{packages,components}/*/test/**/*.test.ts", "scripts/test/**/*.test.ts"],
    // Packages run from their source in tests as they do elsewhere: Node strips the types.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    globalSetup: "packages/testing/src/global-setup.ts",
    // Hosts wait more than they compute: vitest's default would leave a core to nothing.
    maxWorkers: "100%",
    // A test may start a server and kill it; one that hangs should still end.
    testTimeout: 30_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 60_000,
  },
});
