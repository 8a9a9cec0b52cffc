import type { WorkerId } from "../ground/api/worker-id.ts";
import { GolemError } from "../ground/golem-error.ts";
import type { LoadedComponent } from "../worker/instance/loaded-component.ts";

/** @throws GolemError `WorkerCreationFailed` if no instance can be made of the component */
export function assertUsable(workerId: WorkerId, { problem }: Pick<LoadedComponent, "problem">): void {
  if (problem !== undefined)
    throw new GolemError({ type: "WorkerCreationFailed", workerId, details: problem });
}
