import type { Command } from "commander";
import { addWorkerCommand } from "./worker-command.ts";

/** `golem-kit anew <component> <worker>` */
export function addAnew(program: Command): void {
  addWorkerCommand(program, "anew", {
    summary: "start a worker anew, on the latest version and without its past",
    act: async ({ client, worker }) => {
      const version = await client.startAnew(worker);
      return `starts anew, on version ${version}`;
    },
  });
}
