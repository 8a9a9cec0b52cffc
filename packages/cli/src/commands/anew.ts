import type { Command } from "commander";
import { addWorkerCommand } from "./worker-command.ts";

/** `golem-kit anew <component> <worker>` */
export function addAnew(program: Command): void {
  addWorkerCommand(program, "anew", {
    summary: "start a worker anew, on the latest version and without its past",
    act: async ({ client, worker, component, metadata }) => {
      const before = await client.component(worker.componentId, metadata.componentVersion);
      // What the component gave it comes from the new version, which may give something else.
      const env = Object.fromEntries(
        Object.entries(metadata.env).filter(([name, value]) => before.env[name] !== value),
      );
      await client.deleteWorker(worker);
      await client.createWorker(worker, { args: metadata.args, env });
      return `starts anew, on version ${component.versionedComponentId.version}`;
    },
  });
}
