import { Command, CommanderError } from "commander";
import pc from "picocolors";
import manifest from "../package.json" with { type: "json" };
import { addAnew } from "./commands/anew.ts";
import { addBuild } from "./commands/build.ts";
import { addDebug } from "./commands/debug.ts";
import { addDeploy } from "./commands/deploy.ts";
import { addDev } from "./commands/dev.ts";
import { addFork } from "./commands/fork.ts";
import { addInvoke } from "./commands/invoke.ts";
import { addLogs } from "./commands/logs.ts";
import { addOplog } from "./commands/oplog.ts";
import { addRevert } from "./commands/revert.ts";
import { addServe } from "./commands/serve.ts";
import { addStart } from "./commands/start.ts";
import { addCrash, addDelete, addInterrupt, addResume } from "./commands/stop.ts";
import { addUpdate } from "./commands/update.ts";
import { addWorkers } from "./commands/workers.ts";
import { reportError } from "./report-error.ts";

const usageError = 2;

/**
 * Runs a command line.
 *
 * @param args without `node` and the script
 * @returns the exit code: 0, 1 for what could not be done, 2 for a command line that makes no sense, 70 for a defect of ours
 */
export async function run(args: readonly string[]): Promise<number> {
  const program = new Command("golem-kit")
    .description("Build, run and deploy durable workers in TypeScript.")
    .version(manifest.version)
    .option("--verbose", "show the stack of every error")
    .addHelpText(
      "after",
      "\nIt ends with 0 when all is done, 1 when it could not be done, 2 for a command line that makes no sense,\n70 for a defect of golem-kit, and 130 after Ctrl-C.",
    )
    .showHelpAfterError('"golem-kit --help" lists what there is.')
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, pc.red("✖"))) })
    .exitOverride();
  const commands = [addStart, addDev, addBuild, addServe, addDeploy, addInvoke];
  const observing = [addWorkers, addOplog, addLogs, addDebug, addInterrupt, addResume, addCrash];
  const changing = [addUpdate, addRevert, addFork, addAnew, addDelete];
  for (const add of [...commands, ...observing, ...changing]) add(program);
  try {
    await program.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    // Commander has printed its message already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageError;
    return reportError(error, { verbose: program.opts<{ verbose?: boolean }>().verbose ?? false });
  }
}
