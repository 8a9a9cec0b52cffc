import type { Component, UpdateMode } from "@golem-kit/host";
import { type Command, InvalidArgumentError, Option } from "commander";
import pc from "picocolors";
import { deployedComponent } from "../deployed-component.ts";
import type { GolemClient } from "../rest/golem-client.ts";
import { addServerOptions, clientOf, type ServerOptions } from "../rest/server-options.ts";
import { updateAll } from "../update-all.ts";
import { type Update, updateWorker } from "../update-worker.ts";
import { UserError } from "../user-error.ts";

interface UpdateOptions extends ServerOptions {
  readonly targetVersion?: number;
  readonly mode: UpdateMode;
  /** Seconds. */
  readonly wait: number;
  readonly all?: boolean;
  readonly failures: number;
}

/** `golem-kit update <component> <worker>`, and `golem-kit update <component> --all` */
export function addUpdate(program: Command): void {
  addServerOptions(program.command("update"))
    .summary("move a worker, or all, to another version of its component")
    .description("On a Golem server: move a worker, or all, to another version of its component.")
    .argument("<component>", "the component's name, e.g. shop:orders")
    .argument("[worker]", "the worker's name")
    .option("--all", "all workers that run an older version, one after the other")
    .option(
      "--failures <number>",
      "with --all: when so many stay as they are, the others are not tried",
      readFailures,
      1,
    )
    .option("--target-version <number>", "the version (default: the latest)", readVersion)
    .addOption(
      new Option(
        "--mode <mode>",
        "automatic replays the oplog on the new version; snapshot-based hands over what save-snapshot returns",
      )
        .argParser(readMode)
        .default("Automatic", "automatic"),
    )
    .option("--wait <seconds>", "how long to wait for what comes of it, for each worker", readSeconds, 30)
    .action(update);
}

async function update(
  componentName: string,
  workerName: string | undefined,
  { targetVersion, mode, wait, all = false, failures, ...server }: UpdateOptions,
): Promise<void> {
  if ((workerName === undefined) !== all) {
    const problem = all ? "Both a worker and --all are given" : "No worker is named";
    throw new UserError(`${problem}: name the worker that is to be updated, or say --all.`, { exitCode: 2 });
  }
  const client = await clientOf(server);
  const component = await deployedComponent(client, componentName);
  const version = targetVersion ?? component.versionedComponentId.version;
  if (targetVersion !== undefined) await assertVersion(client, component, targetVersion);
  if (workerName === undefined) return updateAll(client, component, { version, mode, wait }, failures);
  await updateOne(client, component, workerName, { version, mode, wait });
}

async function updateOne(
  client: GolemClient,
  { componentName, versionedComponentId: { componentId } }: Component,
  workerName: string,
  wanted: Update,
): Promise<void> {
  // The server does not mind a worker that is not there; a person does.
  const metadata = await client.worker({ componentId, workerName });
  const outcome = await updateWorker(client, metadata, wanted);
  if (outcome.status === "stays")
    throw new UserError(`${workerName} stays at version ${metadata.componentVersion}: ${outcome.reason}`);
  const done =
    outcome.status === "updated"
      ? `updated to version ${wanted.version}`
      : `is to be updated to version ${wanted.version} when it is used next`;
  process.stdout.write(`${pc.green("✔")} ${componentName}/${workerName} ${done}\n`);
}

/** A Golem server accepts an update to a version that is not there, and the worker is lost for ever. @throws UserError */
async function assertVersion(
  client: GolemClient,
  { componentName, versionedComponentId: { componentId } }: Component,
  version: number,
): Promise<void> {
  const versions = await client.versions(componentId);
  if (versions.includes(version)) return;
  throw new UserError(
    `${componentName} has no version ${version}, only ${versions.toSorted((a, b) => a - b).join(", ")}: deploy it first.`,
  );
}

function readVersion(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a version is a number from 0.");
}

function readFailures(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a number of failures is at least 1.");
}

function readMode(text: string): UpdateMode {
  if (text === "automatic") return "Automatic";
  // The second is its name in Golem's REST interface and command line.
  if (text === "snapshot-based" || text === "manual") return "Manual";
  throw new InvalidArgumentError("a mode is automatic or snapshot-based.");
}

function readSeconds(text: string): number {
  const seconds = text === "" ? Number.NaN : Number(text);
  if (seconds >= 0 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError("a number of seconds is at least 0, and at most a day.");
}
