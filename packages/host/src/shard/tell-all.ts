import { WorkerEvents } from "../journal/worker-events.ts";
import type { Worker } from "../worker/worker.ts";
import type { Channel } from "./channel.ts";
import type { RouterOperations } from "./protocol.ts";

/** Tells the router what happens in a worker, as long as that is in memory. */
export function tellAll({ id, journal }: Worker, router: Channel<RouterOperations>): void {
  const events = new WorkerEvents();
  journal.onWrite = (entry) => {
    const event = events.next(entry);
    if (event !== undefined) void router.call("happened", id, event);
  };
}
