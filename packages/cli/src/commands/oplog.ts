import { stringifyJson, type JsonTree } from "@golem-kit/wit";
import { type Command, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { workerOf } from "../deployed-component.ts";
import { describeEntry } from "../describe-entry.ts";
import { defaultUrl } from "../rest/default-url.ts";
import { GolemClient } from "../rest/golem-client.ts";

interface OplogOptions {
  readonly url: string;
  readonly from?: number;
  readonly query?: string;
  readonly json?: boolean;
}

/** `golem-kit oplog <component> <worker>` */
export function addOplog(program: Command): void {
  program
    .command("oplog")
    .summary("show what a worker has recorded")
    .description("Prints the oplog of a worker on a Golem server, one entry on a line.")
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("<worker>", "the worker's name")
    .option("--url <url>", "the server's address", defaultUrl)
    .addOption(new Option("--from <index>", "the first entry").argParser(readIndex).conflicts("query"))
    .option("--query <text>", "only what matches, e.g. 'imported AND \"keyvalue\" AND NOT sku:tea'")
    .option("--json", "print every entry as JSON")
    .action(printOplog);
}

async function printOplog(
  componentName: string,
  workerName: string,
  { url, from = 1, query, json = false }: OplogOptions,
): Promise<void> {
  const client = new GolemClient(url);
  const worker = await workerOf(client, componentName, workerName);
  // An unknown worker has an empty oplog.
  await client.worker(worker);
  for await (const entry of client.oplog(worker, query === undefined ? { from } : { query })) {
    const { index, type, timestamp, parameters } = entry;
    const line = json
      ? stringifyJson({ index, type, timestamp, ...(parameters as Record<string, JsonTree>) })
      : `${pc.dim(`${String(index).padStart(5)}  ${timestamp}`)}  ${pc.bold(type)} ${describeEntry(entry)}`;
    process.stdout.write(`${line.trimEnd()}\n`);
  }
}

function readIndex(text: string): number {
  const index = Number(text);
  if (Number.isSafeInteger(index) && index >= 1) return index;
  throw new InvalidArgumentError("an index is a number from 1.");
}
