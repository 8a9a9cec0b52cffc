import {
  epochNanoseconds,
  interval,
  isTimeoutError,
  monotonic,
  now,
  resolution,
  sleep,
  sleepUntil,
  timeout,
} from "@golem-kit/sdk/clock";

export const clocks = {
  reading() {
    const before = monotonic();
    const { wall, monotonic: step } = resolution();
    const apart = now().getTime() - Number(epochNanoseconds() / 1_000_000n);
    return { wall, step, goesOn: monotonic() >= before, apart: Math.abs(apart) < 60_000 };
  },

  async untilThen() {
    await sleepUntil(new Date(0));
    const then = Date.now() + 30;
    await sleepUntil(new Date(then));
    return Date.now() >= then;
  },

  async ticks() {
    const seen: number[] = [];
    for await (const tick of interval("2 ms")) {
      seen.push(tick);
      if (tick === 3) return seen;
    }
    return seen;
  },

  async late() {
    const heeded = await timeout("5 ms", (signal) => sleep("1 h", { signal })).catch(isTimeoutError);
    const unheeded = await timeout("5 ms", new Promise(() => undefined)).catch(isTimeoutError);
    const inTime = await timeout("1 h", Promise.resolve("in time"));
    const failed = await timeout("1 h", Promise.reject(new Error("failed"))).catch(String);
    return [heeded, unheeded, inTime, failed];
  },

  /** Ends of time that the clock cannot say. */
  async longest() {
    const late = { signal: AbortSignal.timeout(5) };
    const ticks = interval("213000 days", late);
    const waits = [sleep("213000 days", late), timeout({ nanoseconds: 2 ** 64 - 2_048 }, ticks.next())];
    return (await Promise.allSettled(waits)).map(({ status }) => status);
  },

  async givenUp() {
    const controller = new AbortController();
    const sleeping = sleep("1 h", { signal: controller.signal }).catch((reason: unknown) => reason);
    controller.abort("given up");
    const already = await sleep("1 h", { signal: controller.signal }).catch((reason: unknown) => reason);
    return [await sleeping, already];
  },
};
