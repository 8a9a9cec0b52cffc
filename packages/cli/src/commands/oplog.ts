import type { WorkerId } from "@golem-kit/host";
import { stringifyJson, type JsonTree } from "@golem-kit/wit";
import { type Command, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { workerOf } from "../deployed-component.ts";
import { describeEntry } from "../describe-entry.ts";
import { masked } from "../masked.ts";
import { recordedOnServer } from "../recorded-worker.ts";
import type { GolemClient } from "../rest/golem-client.ts";
import { UserError } from "../user-error.ts";
import { isHidden, type OplogEntry } from "../rest/oplog-pages.ts";
import { addServerOptions, clientOf, type ServerOptions } from "../rest/server-options.ts";

interface OplogOptions extends ServerOptions {
  readonly from?: number;
  readonly query?: string;
  readonly json?: boolean;
  readonly save?: string;
  readonly mask?: readonly string[];
}

/** `golem-kit oplog <component> <worker>` */
export function addOplog(program: Command): void {
  addServerOptions(program.command("oplog"))
    .summary("show what a worker has recorded")
    .description("Prints the oplog of a worker on a Golem server, one entry on a line.")
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("<worker>", "the worker's name")
    .addOption(new Option("--from <index>", "the first entry").argParser(readIndex).conflicts("query"))
    .option("--query <text>", "only what matches, e.g. 'imported AND \"keyvalue\" AND NOT sku:tea'")
    .option("--json", "print every entry as JSON")
    .addOption(
      new Option("--save <file>", "write it to a file, to be replayed by tests").conflicts([
        "from",
        "query",
        "json",
      ]),
    )
    .option(
      "--mask <variable...>",
      "with --save: variables of the worker whose values are not to stand in the file",
    )
    .action(printOplog);
}

async function printOplog(
  componentName: string,
  workerName: string,
  { from = 1, query, json = false, save, mask = [], ...server }: OplogOptions,
): Promise<void> {
  if (mask.length > 0 && save === undefined)
    throw new UserError("--mask is about what --save writes, and --save is missing.", { exitCode: 2 });
  const client = await clientOf(server);
  if (save !== undefined) {
    const { component, componentVersion, entries } = await recordedOnServer(
      client,
      componentName,
      workerName,
    );
    const { writeOplogFile } = await import("@golem-kit/host");
    const saved = masked(entries, mask);
    await writeOplogFile(save, { component, componentVersion, worker: workerName, entries: saved.entries });
    const places = mask.length === 0 ? "" : `, ${mask.join(", ")} masked in ${saved.places} places`;
    process.stdout.write(
      `${entries.length} entries of ${componentName}/${workerName} written to ${save}${places}\n`,
    );
    return;
  }
  const worker = await workerOf(client, componentName, workerName);
  // An unknown worker has an empty oplog.
  await client.worker(worker);
  for await (const entry of query === undefined
    ? client.oplog(worker, { from })
    : found(client, worker, query)) {
    process.stdout.write(`${(json ? jsonLine(entry) : textLine(entry)).trimEnd()}\n`);
  }
}

/** @throws UserError if the server cannot search the oplog, since there is something in it that it cannot show */
async function* found(client: GolemClient, worker: WorkerId, query: string): AsyncGenerator<OplogEntry> {
  try {
    yield* client.oplog(worker, { query });
  } catch (error) {
    if (!isHidden(error)) throw error;
    throw new UserError(
      `The server cannot search this oplog: ${error.details}. Without --query, what it can show is shown.`,
      { cause: error },
    );
  }
}

function jsonLine({ index, type, timestamp, parameters, hidden }: OplogEntry): string {
  return stringifyJson(
    hidden === undefined
      ? { index, type, timestamp, ...(parameters as Record<string, JsonTree>) }
      : { index, hidden },
  );
}

function textLine(entry: OplogEntry): string {
  const { index, type, timestamp, hidden } = entry;
  const place = String(index).padStart(5);
  if (hidden !== undefined) return `${pc.dim(place)}  ${pc.yellow(`the server cannot show it: ${hidden}`)}`;
  return `${pc.dim(`${place}  ${timestamp}`)}  ${pc.bold(type)} ${describeEntry(entry)}`;
}

function readIndex(text: string): number {
  const index = Number(text);
  if (Number.isSafeInteger(index) && index >= 1) return index;
  throw new InvalidArgumentError("an index is a number from 1.");
}
