import type { Component, WorkerId, WorkerMetadata } from "@golem-kit/host";
import type { Command } from "commander";
import pc from "picocolors";
import { deployedComponent } from "../deployed-component.ts";
import type { GolemClient } from "../rest/golem-client.ts";
import { addServerOptions, clientOf, type ServerOptions } from "../rest/server-options.ts";

/** What a command does to a worker. */
export interface WorkerAction {
  readonly client: GolemClient;
  readonly worker: WorkerId;
  /** The latest version of its component. */
  readonly component: Component;
  /** What the worker was before. */
  readonly metadata: WorkerMetadata;
}

interface WorkerCommand<Options> {
  readonly summary: string;
  /** An argument behind the worker's name; its value is among the options. */
  readonly more?: { readonly name: string; readonly description: string };
  /** Options besides the server's address. */
  readonly options?: (command: Command) => Command;
  /** @returns what was done to the worker */
  readonly act: (action: WorkerAction, options: Options) => Promise<string>;
}

/** Adds `golem-kit <name> <component> <worker>`. */
export function addWorkerCommand<Options>(
  program: Command,
  name: string,
  { summary, more, options = (command) => command, act }: WorkerCommand<Options>,
): void {
  const command = addServerOptions(program.command(name))
    .summary(summary)
    .description(`On a Golem server: ${summary}.`)
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("<worker>", "the worker's name");
  if (more !== undefined) command.argument(`<${more.name}>`, more.description);
  options(command).action(async (componentName: string, workerName: string, ...rest: readonly unknown[]) => {
    const [value, behind] = more === undefined ? [undefined, rest[0]] : rest;
    const own = more === undefined ? {} : { [more.name]: value };
    const given = Object.assign(own, behind) as Options & ServerOptions;
    const client = await clientOf(given);
    const component = await deployedComponent(client, componentName);
    const worker = { componentId: component.versionedComponentId.componentId, workerName };
    // The server does not mind a worker that is not there; a person does.
    const metadata = await client.worker(worker);
    const done = await act({ client, worker, component, metadata }, given);
    process.stdout.write(`${pc.green("✔")} ${componentName}/${workerName} ${done}\n`);
  });
}
