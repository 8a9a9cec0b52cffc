import type { WorkerId } from "@golem-kit/host";
import type { Command } from "commander";
import pc from "picocolors";
import { workerOf } from "../deployed-component.ts";
import { defaultUrl } from "../rest/default-url.ts";
import { GolemClient } from "../rest/golem-client.ts";

/** `golem-kit interrupt <component> <worker>` */
export function addInterrupt(program: Command): void {
  addOnWorker(program, "interrupt", {
    summary: "stop what a worker does, until it is resumed",
    done: "interrupted",
    act: (client, worker) => client.interrupt(worker, { recover: false }),
  });
}

/** `golem-kit resume <component> <worker>` */
export function addResume(program: Command): void {
  addOnWorker(program, "resume", {
    summary: "let an interrupted or suspended worker go on",
    done: "resumed",
    act: (client, worker) => client.resume(worker),
  });
}

/** `golem-kit crash <component> <worker>` */
export function addCrash(program: Command): void {
  addOnWorker(program, "crash", {
    summary: "lose a worker's memory, and let it recover from its oplog",
    done: "crashed",
    act: (client, worker) => client.interrupt(worker, { recover: true }),
  });
}

interface OnWorker {
  readonly summary: string;
  readonly done: string;
  readonly act: (client: GolemClient, worker: WorkerId) => Promise<void>;
}

function addOnWorker(program: Command, name: string, { summary, done, act }: OnWorker): void {
  program
    .command(name)
    .summary(summary)
    .description(`On a Golem server: ${summary}.`)
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("<worker>", "the worker's name")
    .option("--url <url>", "the server's address", defaultUrl)
    .action(async (componentName: string, workerName: string, { url }: { readonly url: string }) => {
      const client = new GolemClient(url);
      const worker = await workerOf(client, componentName, workerName);
      // The server does not mind a worker that is not there; a person does.
      await client.worker(worker);
      await act(client, worker);
      process.stdout.write(`${pc.green("✔")} ${componentName}/${workerName} ${done}\n`);
    });
}
