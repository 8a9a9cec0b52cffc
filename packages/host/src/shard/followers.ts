import type { WorkerId } from "../ground/api/worker-id.ts";
import { workerIdText } from "../ground/api/worker-id.ts";
import type { Journal } from "../journal/journal.ts";
import { WorkerEvents } from "../journal/worker-events.ts";
import type { Channel } from "./channel.ts";
import type { RouterOperations } from "./protocol.ts";

interface Follower {
  readonly worker: string;
  readonly end: () => void;
}

/** Who listens to the workers of a shard, by subscription. */
export class Followers {
  readonly #router: Channel<RouterOperations>;
  readonly #followers = new Map<string, Follower>();

  constructor(router: Channel<RouterOperations>) {
    this.#router = router;
  }

  /** Sends the latest events and all that follow. Resolves when that ends. */
  follow(id: WorkerId, journal: Journal, subscription: string): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const events = new WorkerEvents();
    const history = events.history(journal.oplog);
    if (history.length > 0) void this.#router.call("workerEvents", subscription, history);
    const stop = journal.onAppend((entry) => {
      const event = events.next(entry);
      if (event !== undefined) void this.#router.call("workerEvents", subscription, [event]);
    });
    const end = (): void => {
      stop();
      this.#followers.delete(subscription);
      ended.resolve();
    };
    this.#followers.set(subscription, { worker: workerIdText(id), end });
    return ended.promise;
  }

  unfollow(subscription: string): void {
    this.#followers.get(subscription)?.end();
  }

  /** There is nothing more to tell about this worker. */
  endAll(id: WorkerId): void {
    const gone = workerIdText(id);
    for (const { worker, end } of this.#followers.values()) if (worker === gone) end();
  }
}
