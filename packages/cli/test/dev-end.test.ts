import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { copyApplication } from "./copy-application.ts";
import { invoke, startDev } from "./dev-process.ts";
import { golemKitIn } from "./golem-kit.ts";

vi.setConfig({ testTimeout: 180_000 });

/** How a process ended, and in how many milliseconds. */
async function timed(
  end: () => Promise<number | null>,
): Promise<{ readonly code: number | null; readonly ms: number }> {
  const start = performance.now();
  const code = await end();
  return { code, ms: performance.now() - start };
}

const LINE = '{sku: "tea", quantity: 2, price: 5}';

test.for(["SIGINT", "SIGTERM"] as const)(
  "%s ends it within a second or two, and started again everything is there",
  async (signal) => {
    const dev = await startDev(await copyApplication());
    await invoke(dev, "shop:orders", "o-1", "add-line", LINE);

    const { code, ms } = await timed(() => dev.end(signal));

    expect(code).toBe(0);
    expect(ms).toBeLessThan(2_000);
    expect(dev.events.at(-1)).toMatchObject({ type: "ended" });
    const again = await startDev(dev.directory);
    expect(again.events.filter(({ type }) => type === "deployed" || type === "built")).toEqual([]);
    expect(await invoke(again, "shop:orders", "o-1", "add-line", LINE)).toBe("ok(2)");
  },
);

test("it ends in the middle of a build, and nothing is left of that", async () => {
  const dev = await startDev(await copyApplication());
  const before = await dev.save(
    "components/orders/src/main.ts",
    (text) => `${text}\nconsole.log("loaded anew");\n`,
  );
  await dev.event("building", undefined, before);

  const { code, ms } = await timed(() => dev.end("SIGTERM"));

  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
  const again = await startDev(dev.directory);
  expect(again.events.find(({ type }) => type === "deployed")).toMatchObject({
    component: "shop:orders",
    version: 1,
  });
  expect(
    readdirSync(join(dev.directory, "components/orders/dist")).filter((name) => name.endsWith(".tmp")),
  ).toEqual([]);
});

test("what was saved while it did not run is what workers run on when it is started again", async () => {
  const dev = await startDev(await copyApplication());
  await invoke(dev, "shop:orders", "o-1", "add-line", LINE);
  await dev.end("SIGTERM");
  await dev.save("components/orders/src/main.ts", (text) =>
    text.replace("sum + price * quantity", "sum + 10 * price * quantity"),
  );

  const again = await startDev(dev.directory);

  expect(await invoke(again, "shop:orders", "o-1", "get")).toContain("total: 100,");
});

test("a port that is in use is named, and so is a directory", async () => {
  const directory = await copyApplication();
  const dev = await startDev(directory);
  const { port } = new URL(dev.url);

  const samePort = await golemKitIn(directory, "dev", "--port", port, "--data-dir", join(directory, "other"));
  const sameDirectory = await golemKitIn(directory, "dev", "--port", "0");

  expect([samePort.code, sameDirectory.code]).toEqual([1, 1]);
  expect(samePort.stderr).toMatch(
    new RegExp(`^✖ 127\\.0\\.0\\.1:${port} is in use by another program: stop it, or choose another port\n$`),
  );
  expect(sameDirectory.stderr).toMatch(/^✖ .*\.golem.dev.* is in use|^✖ .*in use.*\.golem.dev/s);
});
