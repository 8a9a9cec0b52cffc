import { buildEachNamed, createProgress, deploy, failureOf, type Progress } from "@golem-kit/deployment";
import type { Component } from "@golem-kit/host";
import type { Command } from "commander";
import pc from "picocolors";
import type { GolemClient } from "../rest/golem-client.ts";
import { addServerOptions, clientOf, type ServerOptions } from "../rest/server-options.ts";
import { untilReady } from "../rest/until-ready.ts";

interface DeployOptions extends ServerOptions {
  readonly wait?: boolean;
}

/** `golem-kit deploy [name…]` */
export function addDeploy(program: Command): void {
  addServerOptions(program.command("deploy"))
    .summary("build components and deploy them to a Golem server")
    .description(
      "Builds what is stale and deploys it to a Golem server: golem-kit serve, or Golem itself. What is equal there stays as it is, and so does what cannot be built, with what calls it.",
    )
    .argument("[name...]", "components, e.g. shop:orders; all if none is named")
    .option(
      "--wait",
      "end when everything is compiled there: the first call of each component then waits for nothing",
    )
    .action(deployNamed);
}

async function deployNamed(
  names: readonly string[],
  { wait = false, ...server }: DeployOptions,
): Promise<void> {
  const client = await clientOf(server);
  const { built, callers, failures } = await buildEachNamed(names);
  const held = new Set(callers.map(({ name }) => name));
  const ready = built.filter(({ name, componentType }) => componentType !== "library" && !held.has(name));
  using progress = createProgress("Deploying");
  const deployed: Component[] = [];
  let isNew = false;
  for (const one of ready) {
    progress.status(`Deploying ${one.name}`);
    const { change, component } = await deploy(client, one);
    const { componentId, version } = component.versionedComponentId;
    progress.done(`${one.name} ${change} ${pc.dim(`version ${version} of ${componentId}`)}`);
    deployed.push(component);
    isNew ||= change !== "unchanged";
  }
  for (const { name, calls } of callers)
    progress.warn(`${name} is not deployed: it calls ${calls}, which is not either`);
  if (wait) for (const component of deployed) await waitFor(component, client, progress);
  else if (isNew)
    progress.done(
      pc.dim("The server compiles what is new: a first call may wait for that, and --wait does instead"),
    );
  if (failures.length > 0) throw failureOf(failures);
}

async function waitFor(component: Component, client: GolemClient, progress: Progress): Promise<void> {
  const start = performance.now();
  const seconds = (): string => `${((performance.now() - start) / 1_000).toFixed(1)} s`;
  const tell = (): void => progress.status(`The server compiles ${component.componentName}: ${seconds()}`);
  tell();
  const ticking = setInterval(tell, 100);
  try {
    await untilReady(client, component);
  } finally {
    clearInterval(ticking);
  }
  progress.done(`${component.componentName} ready ${pc.dim(`after ${seconds()}`)}`);
}
