import type { WorkerId } from "@golem-kit/host";
import { UserError } from "../user-error.ts";

/** The path of a worker's resources. @throws UserError for a name that no path of an URL can say */
export function workerPath({ componentId, workerName }: WorkerId): string {
  if (/^\.{0,2}$/.test(workerName)) {
    const problem = workerName === "" ? "it is empty" : "in the path of an URL it means another place";
    throw new UserError(`No request can name the worker "${workerName}": ${problem}. Choose another name.`, {
      exitCode: 2,
    });
  }
  if (!workerName.isWellFormed()) {
    throw new UserError(
      `The worker's name ${JSON.stringify(workerName)} has half of a character: no request can say it.`,
      {
        exitCode: 2,
      },
    );
  }
  return `/v1/components/${componentId}/workers/${encodeURIComponent(workerName)}`;
}
