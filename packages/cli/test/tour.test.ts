import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { buildComponents, loadApplication } from "@golem-kit/build";
import { deployAll } from "@golem-kit/deployment";
import { type Component, createHost, type Host, type HostOptions } from "@golem-kit/host";
import { afterAll, beforeAll, expect, test } from "vitest";
import { playTour } from "../src/tour/play-tour.ts";
import type { Stop } from "../src/tour/stop.ts";
import { stops } from "../src/tour/stops.ts";
import { applicationRoot, golemKit } from "./golem-kit.ts";

const resources = new AsyncDisposableStack();
let host: Host;
let tour: Component;
beforeAll(async () => {
  ({ host, component: tour } = await openTour({}));
});
afterAll(() => resources.disposeAsync());

/** A host with the tour's component and those that it calls. */
async function openTour(
  options: HostOptions,
): Promise<{ readonly host: Host; readonly component: Component }> {
  const dataDir = await mkdtemp(join(tmpdir(), "golem-kit-tour-"));
  resources.defer(() => rm(dataDir, { recursive: true, force: true }));
  const cacheDir = join(applicationRoot, ".golem", "cache");
  const opened = resources.use(await createHost({ dataDir, cacheDir, allow: ["local"], ...options }));
  const app = await loadApplication(applicationRoot);
  const built = await buildComponents(app, { only: ["shop:orders", "kit:tour"] });
  const component = (await deployAll(opened.components, built)).get("kit:tour");
  if (component === undefined) throw new Error("The tour was not built");
  return { host: opened, component };
}

/** What the tour prints, without the colours that it has where they are wanted. */
async function play(
  stops?: readonly Stop[],
  options = { host, component: tour },
): Promise<{ readonly printed: readonly string[]; readonly end: unknown }> {
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(stripVTControlCharacters(line));
  const end = await playTour({ ...options, print, ...(stops && { stops }) }).catch((error: unknown) => error);
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

test(
  "on Golem 1.2 every stop is as it should be, but for those that say that they are not",
  { timeout: 120_000 },
  async () => {
    const strict = await openTour({ strict: "golem-1.2", retryDelays: false });
    const [fine, failing] = [false, true].map((fails) =>
      stops.filter(({ failsOnGolem }) => (failsOnGolem !== undefined) === fails),
    );

    expect((await play(fine, strict)).end).not.toBeInstanceOf(Error);

    for (const stop of failing ?? []) {
      // Workers that have failed stay so.
      await strict.host.simulation.reset();
      expect(String((await play([stop], strict)).end)).toContain(`${stop.title} (raw); ${stop.title} (sdk)`);
    }
  },
);

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
