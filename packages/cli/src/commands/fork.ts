import { type Command, InvalidArgumentError } from "commander";
import { addWorkerCommand } from "./worker-command.ts";

interface ForkOptions {
  readonly to: string;
  readonly at?: number;
  readonly update?: true;
}

/** `golem-kit fork <component> <worker> <new name>` */
export function addFork(program: Command): void {
  addWorkerCommand<ForkOptions>(program, "fork", {
    summary: "make a new worker of the first part of another one's oplog",
    more: { name: "to", description: "the new worker's name" },
    options: (command) =>
      command
        .option("--at <index>", "the last oplog entry that it has (default: the last there is)", readIndex)
        .option("--update", "let it go on with the component's latest version"),
    act: async ({ client, worker, component }, { to, at, update }) => {
      const cutOff = at ?? (await client.lastIndex(worker));
      const { version } = component.versionedComponentId;
      await client.fork(worker, to, cutOff, update === true ? version : undefined);
      return `forked at entry ${cutOff}: ${component.componentName}/${to} goes on${update === true ? ` with version ${version}` : ""}`;
    },
  });
}

function readIndex(text: string): number {
  if (/^\d{1,15}$/.test(text) && Number(text) >= 2) return Number(text);
  throw new InvalidArgumentError("an entry that ends a fork is a number from 2.");
}
