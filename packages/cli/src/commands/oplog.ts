import type { OplogPage } from "@golem-kit/host";
import { stringifyJson, type JsonTree } from "@golem-kit/wit";
import { type Command, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { workerOf } from "../deployed-component.ts";
import { describeEntry } from "../describe-entry.ts";
import { defaultUrl } from "../rest/default-url.ts";
import { GolemClient } from "../rest/golem-client.ts";
import type { OplogEntry } from "../rest/oplog-pages.ts";

interface OplogOptions {
  readonly url: string;
  readonly from?: number;
  readonly query?: string;
  readonly json?: boolean;
  readonly save?: string;
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
    .addOption(
      new Option("--save <file>", "write it to a file, to be replayed by tests").conflicts([
        "from",
        "query",
        "json",
      ]),
    )
    .action(printOplog);
}

async function printOplog(
  componentName: string,
  workerName: string,
  { url, from = 1, query, json = false, save }: OplogOptions,
): Promise<void> {
  const client = new GolemClient(url);
  const worker = await workerOf(client, componentName, workerName);
  // An unknown worker has an empty oplog.
  const { componentVersion } = await client.worker(worker);
  if (save !== undefined) {
    const entries = await Array.fromAsync(client.oplog(worker, { from: 1 }), publicEntry);
    const header = { component: componentName, componentVersion, worker: workerName };
    const { writeOplogFile } = await import("@golem-kit/host");
    await writeOplogFile(save, { ...header, entries });
    process.stdout.write(`${entries.length} entries of ${componentName}/${workerName} written to ${save}\n`);
    return;
  }
  for await (const entry of client.oplog(worker, query === undefined ? { from } : { query })) {
    const { index, type, timestamp, parameters } = entry;
    const line = json
      ? stringifyJson({ index, type, timestamp, ...(parameters as Record<string, JsonTree>) })
      : `${pc.dim(`${String(index).padStart(5)}  ${timestamp}`)}  ${pc.bold(type)} ${describeEntry(entry)}`;
    process.stdout.write(`${line.trimEnd()}\n`);
  }
}

function publicEntry({ index, type, timestamp, parameters }: OplogEntry): OplogPage["entries"][number] {
  return { oplogIndex: index, entry: { ...parameters, type, timestamp } };
}

function readIndex(text: string): number {
  const index = Number(text);
  if (Number.isSafeInteger(index) && index >= 1) return index;
  throw new InvalidArgumentError("an index is a number from 1.");
}
