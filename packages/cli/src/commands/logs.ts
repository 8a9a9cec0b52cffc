import type { WorkerEvent, WorkerId } from "@golem-kit/host";
import type { Command } from "commander";
import pc from "picocolors";
import { workerOf } from "../deployed-component.ts";
import { DeployedSources } from "../deployed-sources.ts";
import type { GolemClient } from "../rest/golem-client.ts";
import { isHidden, type OplogEntry } from "../rest/oplog-pages.ts";
import { addServerOptions, clientOf, type ServerOptions } from "../rest/server-options.ts";
import { UserError } from "../user-error.ts";

interface LogsOptions extends ServerOptions {
  readonly follow?: boolean;
}

/** `golem-kit logs <component> <worker>` */
export function addLogs(program: Command): void {
  addServerOptions(program.command("logs"))
    .summary("show what a worker has written")
    .description(
      "Prints what a worker on a Golem server has written to its output, its error output and its log.",
    )
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("<worker>", "the worker's name")
    .option(
      "--follow",
      "begin with the latest, and go on until Ctrl-C, or the worker is interrupted or deleted",
    )
    .action(printLogs);
}

async function printLogs(
  componentName: string,
  workerName: string,
  { follow = false, ...server }: LogsOptions,
): Promise<void> {
  const client = await clientOf(server);
  const worker = await workerOf(client, componentName, workerName);
  await client.worker(worker);
  const sources = new DeployedSources(client, worker);
  if (follow) return followLogs(client, worker, sources);
  return printRecorded(client, worker, sources);
}

async function printRecorded(client: GolemClient, worker: WorkerId, sources: DeployedSources): Promise<void> {
  for await (const { type, timestamp, parameters } of logEntries(client, worker)) {
    if (type !== "Log") continue;
    const [level, context, message] = ["level", "context", "message"].map((key) => String(parameters[key]));
    if (level === "Stdout") process.stdout.write(message ?? "");
    else if (level === "Stderr") process.stderr.write(await sources.locate(message ?? ""));
    else process.stdout.write(logLine(timestamp, level, context, message));
  }
}

/** Log lines among others. A Golem server finds nothing in an oplog with an entry that it cannot show: it is read as a whole. */
async function* logEntries(client: GolemClient, worker: WorkerId): AsyncGenerator<OplogEntry> {
  let next = 1;
  try {
    for await (const entry of client.oplog(worker, { query: "log" })) {
      next = entry.index + 1;
      yield entry;
    }
  } catch (error) {
    if (!isHidden(error)) throw error;
    yield* client.oplog(worker, { from: next });
  }
}

/** Resolves when the server ends the connection: the worker is gone, or was interrupted. */
function followLogs(client: GolemClient, worker: WorkerId, sources: DeployedSources): Promise<void> {
  const address = client.connection(worker);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect(address, client.credentials);
  const errorOutput = new TextDecoder();
  // To find a line takes time: what comes meanwhile is printed after it.
  let printed = Promise.resolve();
  socket.addEventListener("message", ({ data }) => {
    const event = JSON.parse(String(data)) as WorkerEvent | "Close";
    printed = printed.then(() => printEvent(event, sources, errorOutput));
    printed.catch(reject);
  });
  socket.addEventListener("error", () => {
    reject(new UserError(`The connection to ${address} was lost: the server has ended, or refuses it.`));
  });
  socket.addEventListener("close", () => void printed.then(resolve, reject));
  return promise;
}

/** Node's WebSocket takes headers, which the web's does not. */
function connect(address: string, headers: Readonly<Record<string, string>>): WebSocket {
  const options: object = { headers };
  return new WebSocket(address, options as string[]);
}

/** @param errorOutput keeps the characters that one event begins and the next one ends */
async function printEvent(
  event: WorkerEvent | "Close",
  sources: DeployedSources,
  errorOutput: TextDecoder,
): Promise<void> {
  if (event === "Close") return;
  if ("StdOut" in event) process.stdout.write(Uint8Array.from(event.StdOut.bytes));
  else if ("StdErr" in event) {
    const text = errorOutput.decode(Uint8Array.from(event.StdErr.bytes), { stream: true });
    process.stderr.write(await sources.locate(text));
  } else if ("Log" in event) {
    const { timestamp, level, context, message } = event.Log;
    process.stdout.write(logLine(timestamp, level, context, message));
  }
}

function logLine(timestamp: string, level = "", context = "", message = ""): string {
  return `${pc.dim(timestamp)} ${pc.bold(level.toUpperCase())} ${context === "" ? "" : `${context}: `}${message}\n`;
}
