import type { WorkerEvent, WorkerId } from "@golem-kit/host";
import type { Command } from "commander";
import pc from "picocolors";
import { workerOf } from "../deployed-component.ts";
import { DeployedSources } from "../deployed-sources.ts";
import { defaultUrl } from "../rest/default-url.ts";
import { GolemClient } from "../rest/golem-client.ts";
import { UserError } from "../user-error.ts";

interface LogsOptions {
  readonly url: string;
  readonly follow?: boolean;
}

/** `golem-kit logs <component> <worker>` */
export function addLogs(program: Command): void {
  program
    .command("logs")
    .summary("show what a worker has written")
    .description(
      "Prints what a worker on a Golem server has written to its output, its error output and its log.",
    )
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("<worker>", "the worker's name")
    .option("--url <url>", "the server's address", defaultUrl)
    .option(
      "--follow",
      "begin with the latest, and go on until Ctrl-C, or the worker is interrupted or deleted",
    )
    .action(printLogs);
}

async function printLogs(
  componentName: string,
  workerName: string,
  { url, follow = false }: LogsOptions,
): Promise<void> {
  const client = new GolemClient(url);
  const worker = await workerOf(client, componentName, workerName);
  await client.worker(worker);
  const sources = new DeployedSources(client, worker);
  if (follow) return followLogs(client.connection(worker), sources);
  return printRecorded(client, worker, sources);
}

async function printRecorded(client: GolemClient, worker: WorkerId, sources: DeployedSources): Promise<void> {
  for await (const { type, timestamp, parameters } of client.oplog(worker, { query: "log" })) {
    if (type !== "Log") continue;
    const [level, context, message] = ["level", "context", "message"].map((key) => String(parameters[key]));
    if (level === "Stdout") process.stdout.write(message ?? "");
    else if (level === "Stderr") process.stderr.write(await sources.locate(message ?? ""));
    else process.stdout.write(logLine(timestamp, level, context, message));
  }
}

/** Resolves when the server ends the connection: the worker is gone, or was interrupted. */
function followLogs(address: string, sources: DeployedSources): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = new WebSocket(address);
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
