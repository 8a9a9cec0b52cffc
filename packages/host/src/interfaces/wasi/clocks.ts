import { direct, readLocal, type HostInterface } from "../host-interface.ts";
import { record, u64 } from "../../ground/wit/wit-types.ts";
import type { Pollable } from "./pollable.ts";
import type { ClockPort, WaitPort, WorkersPort } from "../ports.ts";

const NANOSECONDS = 1_000_000_000n;

/** `wasi:clocks/wall-clock.datetime`. */
export interface Datetime {
  readonly seconds: bigint;
  readonly nanoseconds: number;
}

const DATETIME = record({ seconds: "u64", nanoseconds: "u32" });

/**
 * A timer for this instant, the last but one that there is, tells of the promise that was looked at last in vain: by it the SDK
 * waits for a promise beside other things, which Golem 1.2 has no function for. There it is a timer that never rings.
 */
const BELL = 2n ** 64n - 2n;

function subscribeInstant(context: ClockPort & WaitPort & WorkersPort, when: bigint): Pollable {
  const bell = when === BELL ? context.workers.lookedAt() : undefined;
  if (bell === undefined) return timer(context, when);
  return {
    ready: () => bell.hasRung(),
    change: () => bell.change(context.ended),
    awaitsWorker: true,
    wakesWorker: true,
  };
}

function timer(context: ClockPort, deadline: bigint): Pollable {
  let isTold = false;
  const ready = (): boolean => context.now() >= deadline;
  return {
    deadline,
    ready,
    get isNews() {
      return !isTold && ready();
    },
    told() {
      isTold = true;
    },
  };
}

/** Golem's monotonic clock is the wall clock: nanoseconds since the epoch. */
export const monotonicClock: HostInterface<ClockPort & WaitPort & WorkersPort> = {
  name: "wasi:clocks/monotonic-clock",
  functions: {
    now: readLocal("monotonic_clock::now", {
      types: { request: null, response: u64 },
      run: (context) => context.now(),
    }),
    resolution: readLocal("monotonic_clock::resolution", {
      types: { request: null, response: u64 },
      run: () => 1n,
    }),
    "subscribe-instant": direct((context, when: bigint) => subscribeInstant(context, when)),
    // The time of the call is recorded, so that a sleep that a crash cuts short ends when it was to end.
    "subscribe-duration": readLocal("monotonic_clock::subscribe_duration", {
      types: { request: u64, response: u64 },
      commits: "after",
      request: (_, duration: bigint) => duration,
      run: (context) => context.now(),
      toGuest: (context, start: bigint, duration: bigint) => timer(context, start + duration),
    }),
  },
};

export const wallClock: HostInterface<ClockPort> = {
  name: "wasi:clocks/wall-clock",
  functions: {
    now: readLocal("wall_clock::now", {
      types: { request: null, response: DATETIME },
      run: (context): Datetime => {
        const now = context.now();
        return { seconds: now / NANOSECONDS, nanoseconds: Number(now % NANOSECONDS) };
      },
    }),
    resolution: readLocal("wall_clock::resolution", {
      types: { request: null, response: DATETIME },
      run: (): Datetime => ({ seconds: 0n, nanoseconds: 1 }),
    }),
  },
};
