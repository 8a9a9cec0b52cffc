import type { WorkerMetadata } from "@golem-kit/host";
import type { Command } from "commander";
import pc from "picocolors";
import { deployedComponent } from "../deployed-component.ts";
import { addServerOptions, clientOf, type ServerOptions } from "../rest/server-options.ts";
import { withoutWasmFrames } from "../without-wasm-frames.ts";

interface WorkersOptions extends ServerOptions {
  readonly filter?: readonly string[];
}

/** `golem-kit workers <component>` */
export function addWorkers(program: Command): void {
  addServerOptions(program.command("workers"))
    .summary("list a component's workers")
    .description("Prints the workers of a component on a Golem server, one on a line, with their status.")
    .argument("<component>", "the component's name, e.g. shop:orders")
    .option("--filter <text...>", "only those that match all, e.g. 'status = Failed' 'name like INV'")
    .action(listWorkers);
}

async function listWorkers(componentName: string, { filter = [], ...server }: WorkersOptions): Promise<void> {
  const client = await clientOf(server);
  const { versionedComponentId } = await deployedComponent(client, componentName);
  for await (const worker of client.workers(versionedComponentId.componentId, filter)) {
    process.stdout.write(`${describeWorker(worker)}\n`);
  }
}

function describeWorker(worker: WorkerMetadata): string {
  const { workerId, status, componentVersion, pendingInvocationCount, lastError } = worker;
  const pending = pendingInvocationCount > 0 ? `, ${pendingInvocationCount} pending` : "";
  const error = lastError ? `  ${pc.red(withoutWasmFrames(lastError).split("\n", 1)[0] ?? "")}` : "";
  return `${workerId.workerName}  ${pc.bold(status)}${pending}  ${pc.dim(`version ${componentVersion}`)}${error}`;
}
