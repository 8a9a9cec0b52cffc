import { sleep } from "@golem-kit/sdk/clock";
import { openPromise } from "@golem-kit/sdk/promise";

export const promiseWaits = {
  /** Waits for the promise for two days at most. */
  decision(id: string) {
    return openPromise<string>(id).wait({ timeout: "2 days" });
  },

  /** The same, while something else happens every five minutes. */
  async decisionBesides(id: string) {
    const decided = new AbortController();
    let ticks = 0;
    const tick = async (): Promise<void> => {
      for (; !decided.signal.aborted; ticks += 1) await sleep("5 min");
    };
    const ticking = tick();
    const decision = await openPromise<string>(id).wait();
    decided.abort();
    await ticking;
    return [decision, ticks];
  },

  /** Looks at the promise, and sleeps for two days. */
  async lookAndSleep(id: string) {
    const before = await openPromise<string>(id).poll();
    await sleep("2 days");
    return [before ?? "nothing", await openPromise<string>(id).poll()];
  },
};
