import { randomUUID } from "node:crypto";
import { findFunction } from "@golem-kit/deployment";
import type { Command } from "commander";
import { printResult, readArguments } from "../argument.ts";
import { deployedComponent } from "../deployed-component.ts";
import { DeployedSources } from "../deployed-sources.ts";
import { RestError } from "../rest/rest-error.ts";
import { addServerOptions, clientOf, type ServerOptions } from "../rest/server-options.ts";
import { waitAloud } from "../wait-aloud.ts";

/** As of every program that Ctrl-C ends. */
const INTERRUPTED = 130;

interface InvokeOptions extends ServerOptions {
  readonly idempotencyKey?: string;
  readonly await: boolean;
}

/** `golem-kit invoke <component> <worker> <function> [args…]` */
export function addInvoke(program: Command): void {
  addServerOptions(program.command("invoke"))
    .summary("call a function of a worker")
    .description(
      "Calls a function of a worker on a Golem server, and prints its result in WAVE. A new name makes a new worker.",
    )
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("<worker>", "the worker's name")
    .argument("<function>", "its name, e.g. place, invoice.new or shop:orders-exports/api.{place}")
    .argument("[args...]", "values in WAVE or JSON, e.g. '{sku: \"tea\", quantity: 2}'")
    .option("--idempotency-key <key>", "the same key never runs twice")
    .option("--no-await", "return when the server has accepted the invocation")
    .addHelpText(
      "after",
      "\nAn argument that begins with a dash comes after --: golem-kit invoke a b c -- -1",
    )
    .action(invoke);
}

async function invoke(
  componentName: string,
  workerName: string,
  functionName: string,
  args: readonly string[],
  options: InvokeOptions,
): Promise<void> {
  const client = await clientOf(options);
  const component = await deployedComponent(client, componentName);
  const callee = findFunction(component, functionName);
  const { componentId } = component.versionedComponentId;
  const worker = { componentId, workerName };
  // A key of ours: whoever does not wait to the end can ask for the result by it.
  const { idempotencyKey = randomUUID() } = options;
  const invocation = { function: callee.name, params: readArguments(callee, args), idempotencyKey };
  if (!options.await) return client.invoke(worker, invocation);
  const name = `${componentName}/${workerName} ${functionName}`;
  process.once("SIGINT", () => {
    process.stderr.write(
      `\n${name} goes on without you. For its result, ask again with --idempotency-key ${idempotencyKey}\n`,
    );
    process.exit(INTERRUPTED);
  });
  const { value } = await waitAloud(name, client.invokeAndAwait(worker, invocation)).catch((error: unknown) =>
    located(error, new DeployedSources(client, worker)),
  );
  if (callee.result !== undefined) process.stdout.write(`${printResult(callee.result, value[0] ?? null)}\n`);
}

/** @throws the server's refusal, with places in the component's sources */
async function located(error: unknown, sources: DeployedSources): Promise<never> {
  if (error instanceof RestError) error.message = await sources.locate(error.message);
  throw error;
}
