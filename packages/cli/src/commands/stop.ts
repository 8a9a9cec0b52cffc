import type { Command } from "commander";
import { addWorkerCommand } from "./worker-command.ts";

/** `golem-kit interrupt <component> <worker>` */
export function addInterrupt(program: Command): void {
  addWorkerCommand(program, "interrupt", {
    summary: "stop what a worker does, until it is resumed",
    act: async ({ client, worker }) => {
      await client.interrupt(worker, { recover: false });
      return "interrupted";
    },
  });
}

/** `golem-kit resume <component> <worker>` */
export function addResume(program: Command): void {
  addWorkerCommand(program, "resume", {
    summary: "let an interrupted or suspended worker go on",
    act: async ({ client, worker }) => {
      await client.resume(worker);
      return "resumed";
    },
  });
}

/** `golem-kit crash <component> <worker>` */
export function addCrash(program: Command): void {
  addWorkerCommand(program, "crash", {
    summary: "lose a worker's memory, and let it recover from its oplog",
    act: async ({ client, worker }) => {
      await client.interrupt(worker, { recover: true });
      return "crashed";
    },
  });
}

/** `golem-kit delete <component> <worker>` */
export function addDelete(program: Command): void {
  addWorkerCommand(program, "delete", {
    summary: "remove a worker with everything about it; its next invocation begins anew",
    act: async ({ client, worker }) => {
      await client.deleteWorker(worker);
      return "deleted";
    },
  });
}
