import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Component } from "@golem-kit/host";
import type { Command } from "commander";
import pc from "picocolors";
import { findApplicationRoot } from "../application-root.ts";
import { buildNamed } from "../build-named.ts";
import { deploy } from "../deployment.ts";
import { playStory } from "../story/play.ts";

/** `golem-kit start` */
export function addStart(program: Command): void {
  program
    .command("start")
    .summary("build the shop and show it at work")
    .description(
      "Builds what is stale, runs the components on a host in this process, and shows what they do, also when they are killed.",
    )
    .action(start);
}

async function start(): Promise<void> {
  const { createHost } = await import("@golem-kit/host");
  const built = await buildNamed([]);
  const home = join(findApplicationRoot(process.cwd()), ".golem");
  const dataDir = join(home, "start");
  // Every start tells the story from its beginning; what was transpiled is kept.
  await rm(dataDir, { recursive: true, force: true });
  const directories = { dataDir, cacheDir: join(home, "cache") };
  const host = await createHost(directories);
  const components = new Map<string, Component>();
  for (const one of built.filter(({ componentType }) => componentType !== "library")) {
    components.set(one.name, (await deploy(host.components, one)).component);
  }
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(
    `${pc.green("✔")} ${components.size} components deployed to a host in this process, data in ${relative(process.cwd(), dataDir)}`,
  );
  const played = await playStory({ host, directories, components, print });
  print(
    played > 0
      ? `\nEvery line above is the result of a real invocation. ${pc.dim("Next: npm test, and README.md")}`
      : `\nThese components are not the shop's: "golem-kit serve" and "golem-kit deploy" run them.`,
  );
}
