import type { WorkerEvent } from "../ground/api/worker-event.ts";
import type { WorkerId } from "../ground/api/worker-id.ts";
import type { Channel } from "../shard/channel.ts";
import type { ShardOperations } from "../shard/protocol.ts";
import type { IndexedEvent } from "../journal/worker-events.ts";

interface Subscription {
  readonly onEvent: (event: WorkerEvent) => void;
  /** Index of the last entry that was told about. */
  last: number;
}

/** Who listens to which worker. A shard that died is asked again by its channel, and tells its history again. */
export class EventSubscriptions {
  readonly #open = new Map<string, Subscription>();

  /** Resolves when the signal is aborted, or the worker is deleted. */
  async follow(
    shard: Channel<ShardOperations>,
    id: WorkerId,
    onEvent: (event: WorkerEvent) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const key = crypto.randomUUID();
    const stop = (): void => {
      this.#open.delete(key);
      shard.call("unfollow", key).catch(() => undefined);
    };
    this.#open.set(key, { onEvent, last: 0 });
    signal.addEventListener("abort", stop, { once: true });
    try {
      const ended = shard.call("follow", id, key);
      if (signal.aborted) stop();
      await ended;
    } finally {
      signal.removeEventListener("abort", stop);
      this.#open.delete(key);
    }
  }

  deliver(key: string, events: readonly IndexedEvent[]): void {
    const subscription = this.#open.get(key);
    if (subscription === undefined) return;
    for (const [index, event] of events) {
      if (index <= subscription.last) continue;
      subscription.last = index;
      subscription.onEvent(event);
    }
  }
}
