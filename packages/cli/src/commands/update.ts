import type { UpdateMode, UpdateRecord } from "@golem-kit/host";
import { type Command, InvalidArgumentError, Option } from "commander";
import { setTimeout as delay } from "node:timers/promises";
import { UserError } from "../user-error.ts";
import { addWorkerCommand, type WorkerAction } from "./worker-command.ts";

interface UpdateOptions {
  readonly targetVersion?: number;
  readonly mode: UpdateMode;
  /** Seconds. */
  readonly wait: number;
}

/** Milliseconds between two looks at a worker that is being updated. */
const LOOK_INTERVAL = 100;

/** `golem-kit update <component> <worker>` */
export function addUpdate(program: Command): void {
  addWorkerCommand<UpdateOptions>(program, "update", {
    summary: "move a worker to another version of its component",
    options: (command) =>
      command
        .option("--target-version <number>", "the version (default: the latest)", readVersion)
        .addOption(
          new Option(
            "--mode <mode>",
            "automatic replays the oplog on the new version; snapshot-based hands over what save-snapshot returns",
          )
            .argParser(readMode)
            .default("Automatic", "automatic"),
        )
        .option("--wait <seconds>", "how long to wait for what comes of it", readSeconds, 30),
    act: async (action, { targetVersion, mode, wait }) => {
      const version = targetVersion ?? action.component.versionedComponentId.version;
      if (targetVersion !== undefined) await assertVersion(action, targetVersion);
      await action.client.updateWorker(action.worker, mode, version);
      const record = await outcome(action, version, wait);
      if (record?.type === "successfulUpdate") return `updated to version ${version}`;
      if (record?.type === "failedUpdate") {
        throw new UserError(
          `${action.worker.workerName} stays at version ${action.metadata.componentVersion}: ${record.details ?? "the server does not say why"}`,
        );
      }
      return `is to be updated to version ${version} when it is used next`;
    },
  });
}

/** A Golem server accepts an update to a version that is not there, and the worker is lost for ever. @throws UserError */
async function assertVersion({ client, component }: WorkerAction, version: number): Promise<void> {
  const versions = await client.versions(component.versionedComponentId.componentId);
  if (versions.includes(version)) return;
  throw new UserError(
    `${component.componentName} has no version ${version}, only ${versions.toSorted((a, b) => a - b).join(", ")}: deploy it first.`,
  );
}

/** What came of the latest update to a version; `undefined` if that is not known in time. */
async function outcome(
  { client, worker, metadata }: WorkerAction,
  version: number,
  wait: number,
): Promise<UpdateRecord | undefined> {
  const before = metadata.updates.filter(isOver).length;
  const end = performance.now() + wait * 1000;
  for (;;) {
    const { updates } = await client.worker(worker);
    const over = updates.filter(isOver);
    const last = over.at(-1);
    if (over.length > before && last?.targetVersion === version) return last;
    if (performance.now() >= end) return undefined;
    await delay(LOOK_INTERVAL);
  }
}

function isOver({ type }: UpdateRecord): boolean {
  return type !== "pendingUpdate";
}

function readVersion(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("a version is a number from 0.");
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
