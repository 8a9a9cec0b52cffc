import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Application, BuiltComponent } from "@golem-kit/build";
import { buildNamed, deployAll } from "@golem-kit/deployment";
import type { Component, Host, HostOptions } from "@golem-kit/host";
import { Argument, type Command } from "commander";
import pc from "picocolors";
import type { Directories } from "../server-process.ts";
import { UserError } from "../user-error.ts";

const TOUR = "kit:tour";

/** `golem-kit start` */
export function addStart(program: Command): void {
  const show = new Argument("[show]", "the shop at work, or all that the platform offers");
  program
    .command("start")
    .summary("build the shop and show it at work, or make a tour of the platform")
    .description(
      "Builds what is stale, runs the components on a host in this process, and shows what they do, also when they are killed.",
    )
    .addArgument(show.choices(["shop", "tour"]).default("shop"))
    .action((name: "shop" | "tour") => (name === "tour" ? startTour() : startShop()));
}

/** What the shows need is loaded with them: other commands would wait for it. */
async function startShop(): Promise<void> {
  const { playStory } = await import("../story/play.ts");
  const { possibleScenes } = await import("../story/scenes.ts");
  const app = await application();
  const scenes = possibleScenes((name) => app.components.has(name));
  const built = await buildNamed([...new Set(scenes.flatMap(({ needs }) => needs))]);
  const { host, directories, components } = await open(app, "start", built);
  await playStory(scenes, { host, directories, components, print });
  print(
    scenes.length > 0
      ? `\nEvery line above is the result of a real invocation. ${pc.dim("Next: npm start -- tour, npm test, and README.md")}`
      : `\nThese components are not the shop's: "golem-kit serve" and "golem-kit deploy" run them.`,
  );
}

async function startTour(): Promise<void> {
  const { playTour } = await import("../tour/play-tour.ts");
  const app = await application();
  const tour = app.components.get(TOUR);
  if (tour === undefined) {
    throw new UserError(`The tour is the component ${TOUR}, and this application does not have it.`);
  }
  const built = await buildNamed([TOUR, ...tour.dependencies.map(({ target }) => target)]);
  // The servers that the tour's workers talk to are on this machine.
  const { host, components } = await open(app, "tour", built, { allow: ["local"] });
  await using _host = host;
  const component = components.get(TOUR);
  if (component === undefined) throw new Error(`${TOUR} was built, and is not deployed`);
  const count = await playTour({ host, component, print });
  print(
    `\nAll ${count} stops are as they should be. ${pc.dim("Next: docs/platform.md, and components/tour/src")}`,
  );
}

async function application(): Promise<Application> {
  const { findApplicationRoot, loadApplication } = await import("@golem-kit/build");
  return loadApplication(findApplicationRoot(process.cwd()));
}

interface Opened {
  readonly host: Host;
  readonly directories: Directories;
  /** What is deployed, by name. */
  readonly components: ReadonlyMap<string, Component>;
}

/** Opens a host on an empty directory, and deploys what was built. */
async function open(
  { rootDir }: Application,
  name: string,
  built: readonly BuiltComponent[],
  options: Pick<HostOptions, "allow"> = {},
): Promise<Opened> {
  const { createHost } = await import("@golem-kit/host");
  const home = join(rootDir, ".golem");
  const dataDir = join(home, name);
  // Every start begins anew; what was transpiled is kept.
  await rm(dataDir, { recursive: true, force: true });
  const directories = { dataDir, cacheDir: join(home, "cache") };
  const host = await createHost({ ...directories, ...options });
  const components = await deployAll(host.components, built);
  print(
    `${pc.green("✔")} ${components.size} components deployed to a host in this process, data in ${relative(process.cwd(), dataDir)}`,
  );
  return { host, directories, components };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
