import type { RevertTarget } from "@golem-kit/host";
import { type Command, InvalidArgumentError, Option } from "commander";
import { addWorkerCommand } from "./worker-command.ts";

interface RevertOptions {
  readonly to?: number;
  readonly last?: number;
}

/** `golem-kit revert <component> <worker>` */
export function addRevert(program: Command): void {
  addWorkerCommand<RevertOptions>(program, "revert", {
    summary: "undo a worker's last invocations, or all behind an entry of its oplog",
    options: (command) =>
      command
        .addOption(
          new Option("--last <number>", "how many invocations to undo (default: 1)")
            .argParser(readPositive)
            .conflicts("to"),
        )
        .option("--to <index>", "the last oplog entry that stays; see golem-kit oplog", readPositive),
    act: async ({ client, worker }, options) => {
      const target = targetOf(options);
      await client.revert(worker, target);
      return target.type === "revertToOplogIndex"
        ? `reverted to entry ${target.lastOplogIndex}`
        : `reverted by ${target.numberOfInvocations} ${target.numberOfInvocations === 1 ? "invocation" : "invocations"}`;
    },
  });
}

function targetOf({ to, last }: RevertOptions): RevertTarget {
  return to === undefined
    ? { type: "revertLastInvocations", numberOfInvocations: last ?? 1 }
    : { type: "revertToOplogIndex", lastOplogIndex: to };
}

function readPositive(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("it is a number from 1.");
}
