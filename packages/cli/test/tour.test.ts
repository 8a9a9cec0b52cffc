import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { buildComponents, loadApplication } from "@golem-kit/build";
import { deploy } from "@golem-kit/deployment";
import { type Component, createHost, type Host } from "@golem-kit/host";
import { afterAll, beforeAll, expect, test } from "vitest";
import { playTour } from "../src/tour/play-tour.ts";
import type { Stop } from "../src/tour/stop.ts";
import { applicationRoot, golemKit } from "./golem-kit.ts";

const resources = new AsyncDisposableStack();
let host: Host;
let tour: Component;
beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-tour-"));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const cacheDir = join(applicationRoot, ".golem", "cache");
  host = resources.use(await createHost({ dataDir, cacheDir, allow: ["local"] }));
  const app = await loadApplication(applicationRoot);
  for (const built of await buildComponents(app, { only: ["shop:orders", "kit:tour"] })) {
    tour = (await deploy(host.components, built)).component;
  }
});
afterAll(() => resources.disposeAsync());

/** What the tour prints, without the colours that it has where they are wanted. */
async function play(
  stops?: readonly Stop[],
): Promise<{ readonly printed: readonly string[]; readonly end: unknown }> {
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(stripVTControlCharacters(line));
  const end = await playTour({ host, component: tour, print, ...(stops && { stops }) }).catch(
    (error: unknown) => error,
  );
  return { printed, end };
}

/** What the tour's component exports, as it is printed: `raw  key-value(`. */
function exportedCalls(): readonly string[] {
  const exports = tour.metadata.exports as readonly {
    readonly name: string;
    readonly functions: readonly { readonly name: string }[];
  }[];
  return exports
    .filter(({ name }) => /^kit:tour-exports\/(raw|sdk)$/.test(name))
    .flatMap(({ name, functions }) =>
      functions.map((each) => `   ${name.slice(name.indexOf("/") + 1).padEnd(4)} ${each.name}(`),
    );
}

test("every function of the tour is called, and answers as it should", { timeout: 120_000 }, async () => {
  const { printed, end } = await play();

  expect(end).not.toBeInstanceOf(Error);
  expect(exportedCalls().filter((call) => !printed.some((line) => line.startsWith(call)))).toEqual([]);
});

test("a stop that fails does not end the tour, which fails at its end", async () => {
  const stop = (title: string, play: Stop["play"]): Stop => ({ title, shows: title, play });
  const broken = stop("broken", async (guest) => guest.check("the sum", 4n, 5n));
  const whole = stop("whole", async (guest) => void (await guest.call("commit")));
  const { printed, end } = await play([broken, whole]);

  expect(String(end)).toMatch(/\d stops of the tour failed: broken \(raw\)/);
  expect(printed).toContainEqual(expect.stringContaining('✖ raw: the sum: expected "5n", found "4n"'));
  expect(printed).toContainEqual(expect.stringContaining("raw  commit()"));
});

test("the command line knows the shop and the tour, and nothing else", async () => {
  const end = await golemKit("start", "museum");

  expect(end).toMatchObject({ code: 2, stdout: "" });
  expect(end.stderr).toContain("Allowed choices are shop, tour.");
});
