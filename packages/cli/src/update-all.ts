import type { Component } from "@golem-kit/host";
import pc from "picocolors";
import type { GolemClient } from "./rest/golem-client.ts";
import { RestError } from "./rest/rest-error.ts";
import { type Update, type UpdateOutcome, updateWorker } from "./update-worker.ts";
import { UserError } from "./user-error.ts";

/** So many names of workers that stay are told at the end; each was told with its reason before. */
const MOST_NAMES = 20;

/**
 * Updates all workers of a component that run an older version, one after the other, and prints a line for each. When so many
 * stay as they are the others are not tried: what is wrong with the first is mostly wrong with all.
 *
 * @param failures how many may stay before that
 * @throws UserError if some stay, with their names
 */
export async function updateAll(
  client: GolemClient,
  { componentName, versionedComponentId: { componentId } }: Component,
  update: Update,
  failures: number,
): Promise<void> {
  const stay: string[] = [];
  const counts = { updated: 0, later: 0, untried: 0 };
  for await (const worker of client.workers(componentId)) {
    if (worker.componentVersion >= update.version) continue;
    if (stay.length >= failures) {
      counts.untried += 1;
      continue;
    }
    const { workerName } = worker.workerId;
    const outcome = await refusedOr(() => updateWorker(client, worker, update));
    const name = `${componentName}/${workerName}`;
    if (outcome.status === "stays") {
      stay.push(workerName);
      process.stdout.write(
        `${pc.red("✖")} ${name} stays at version ${worker.componentVersion}: ${outcome.reason}\n`,
      );
    } else {
      counts[outcome.status] += 1;
      const done =
        outcome.status === "updated"
          ? `updated to version ${update.version}`
          : `is to be updated to version ${update.version} when it is used next`;
      process.stdout.write(`${pc.green("✔")} ${name} ${done}\n`);
    }
  }
  const later = counts.later === 0 ? "" : `, ${counts.later} later`;
  const summary = `${counts.updated} updated${later}`;
  if (stay.length === 0) {
    process.stdout.write(`${summary}, none stays behind\n`);
    return;
  }
  const more = stay.length > MOST_NAMES ? `, and ${stay.length - MOST_NAMES} more` : "";
  const untried =
    counts.untried === 0
      ? ""
      : ` ${counts.untried} more were not tried: --failures ${stay.length + 1} goes on after so many.`;
  throw new UserError(
    `${summary}, ${stay.length} ${stay.length === 1 ? "stays" : "stay"}: ${stay.slice(0, MOST_NAMES).join(", ")}${more}.${untried}`,
  );
}

/** What the server refuses for one worker is no reason to leave the others. */
async function refusedOr(attempt: () => Promise<UpdateOutcome>): Promise<UpdateOutcome> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    return { status: "stays", reason: error.message };
  }
}
