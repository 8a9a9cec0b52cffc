import { type Command, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { debuggedSources } from "../debugged-sources.ts";
import { readPort } from "../read-port.ts";
import { recordedInFile, recordedOnServer, type RecordedWorker } from "../recorded-worker.ts";
import { addServerOptions, clientOf, type ServerOptions } from "../rest/server-options.ts";
import { UserError } from "../user-error.ts";

interface DebugOptions extends ServerOptions {
  readonly oplog?: string;
  readonly at?: number;
  readonly port: number;
  readonly wait: boolean;
  readonly promise: ReadonlyMap<number, Uint8Array>;
}

/** What Node's inspector listens on, and debuggers look for. */
const INSPECTOR_PORT = 9229;

/** `golem-kit debug <component> <worker>` */
export function addDebug(program: Command): void {
  addServerOptions(program.command("debug"))
    .summary("replay a worker on its TypeScript, under a debugger")
    .description(
      "Replays the oplog of a worker on its TypeScript in Node, with the recorded answers in place of the platform, and waits for a debugger: VS Code's or Chrome's. Nothing is written, and nobody is called.",
    )
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("<worker>", "the worker's name")
    .addOption(
      new Option(
        "--oplog <file>",
        "take the oplog from a file, as `golem-kit oplog --save` writes it",
      ).conflicts(["url", "profile"]),
    )
    .addOption(new Option("--at <index>", "pause at this entry of the oplog").argParser(readIndex))
    .addOption(
      new Option("--port <port>", "the debugger's port on this machine, 0 for any")
        .argParser(readPort)
        .default(INSPECTOR_PORT),
    )
    .option("--no-wait", "wait for no debugger: print what is replayed")
    .addOption(
      new Option(
        "--promise <index=text>",
        "what a promise was completed with, by the index in its id; may be repeated",
      )
        .argParser(readPromise)
        .default(new Map(), "none"),
    )
    .action(debug);
}

async function debug(componentName: string, workerName: string, options: DebugOptions): Promise<void> {
  const { oplog, at, port, wait, promise: promises, ...server } = options;
  const client = await clientOf(server);
  const recorded =
    oplog === undefined
      ? await recordedOnServer(client, componentName, workerName)
      : await recordedInFile(oplog, componentName, workerName);
  const { runDebuggee } = await import("@golem-kit/debugger");
  const pause = at === undefined ? {} : { at: await pauseAt(recorded, at) };
  const sources = await debuggedSources(componentName);
  print(
    `${pc.green("✔")} ${recorded.entries.length} entries of ${componentName}/${workerName}, version ${recorded.componentVersion}`,
  );
  const difference =
    oplog === undefined
      ? await sources.differenceFrom(client, recorded)
      : "Whether its component was built from the sources as they are now, the file does not say.";
  if (difference !== undefined) print(`${pc.yellow("!")} ${difference}`);
  const { workerId, componentVersion: version, entries } = recorded;
  const replay = { workerId, version, entries, promises, component: sources.component };
  const replayed = await runDebuggee({ replay, program: sources.program, ...pause, ...(wait && { port }) });
  if (replayed === "replayed") return;
  throw new UserError(
    `${componentName}/${workerName} ${replayed === "differs" ? "does something else than its oplog records" : "cannot be replayed here"}.`,
  );
}

/** @throws UserError if the oplog has no such entry */
async function pauseAt({ workerId, component, entries }: RecordedWorker, at: number): Promise<number> {
  const { pausingEntry } = await import("@golem-kit/debugger");
  const found = pausingEntry(entries, at);
  if (found === undefined) {
    throw new UserError(
      `The oplog of ${component}/${workerId.workerName} has ${entries.length} entries: a replay cannot pause at ${at}.`,
    );
  }
  if (found.reason !== undefined)
    print(`${pc.yellow("!")} Entry ${at} ${found.reason} ${found.index}: it pauses there.`);
  return found.index;
}

function readIndex(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("an index is a number from 1.");
}

function readPromise(text: string, known: ReadonlyMap<number, Uint8Array>): ReadonlyMap<number, Uint8Array> {
  const [, index, data] = /^([1-9]\d{0,14})=(.*)$/s.exec(text) ?? [];
  if (index === undefined || data === undefined)
    throw new InvalidArgumentError("write it as <index>=<text>, e.g. 12=approved.");
  return new Map([...known, [Number(index), new TextEncoder().encode(data)]]);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
