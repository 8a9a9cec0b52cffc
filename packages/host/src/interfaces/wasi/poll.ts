import { workerIdText } from "../../ground/api/worker-id.ts";
import { direct, readLocal, type HostInterface } from "../host-interface.ts";
import { list, u32 } from "../../ground/wit/wit-types.ts";
import type { Pollable } from "./pollable.ts";
import type { AskingPort, IdentityPort, ClockPort, WaitPort, LifecyclePort } from "../ports.ts";

type Ports = IdentityPort & ClockPort & WaitPort & AskingPort & LifecyclePort;

/** Nanoseconds that a replay waits for what has happened before. */
const LONGEST_REPEAT = 10_000_000_000n;

function readyOf(pollables: readonly Pollable[]): Uint32Array {
  return Uint32Array.from(pollables.flatMap((pollable, index) => (pollable.ready() ? [index] : [])));
}

/** Waits until at least one is ready and returns the indices of those that are. */
async function pollAll(context: Ports, pollables: readonly Pollable[]): Promise<Uint32Array> {
  if (pollables.length === 0)
    throw new Error("wasi:io/poll.poll was called with an empty list, which would wait for ever");
  for (;;) {
    const ready = readyOf(pollables);
    if (ready.length > 0) return ready;
    await waitForChange(context, pollables);
  }
}

/** Like `pollAll`. Whoever has something that is ready again and again asks without waiting for all the rest. */
function pollOrAsk(context: Ports, pollables: readonly Pollable[]): Promise<Uint32Array> {
  const missing = pollables.filter((pollable) => !pollable.ready());
  if (missing.length < pollables.length) {
    if (pollables.some(({ isNews }) => isNews === true)) context.there();
    if (missing.length > 0) context.notYet(poll.name, ...missing.map(({ change }) => change));
  }
  return pollAll(context, pollables);
}

async function waitForChange(context: Ports, pollables: readonly Pollable[]): Promise<void> {
  const deadlines = pollables.flatMap((pollable) => pollable.deadline ?? []);
  const earliest = deadlines.reduce<bigint | undefined>(
    (least, at) => (least === undefined || at < least ? at : least),
    undefined,
  );
  const changes = pollables.flatMap((pollable) => pollable.change?.() ?? []);
  // What happened before it was listened for tells nobody.
  if (pollables.some((pollable) => pollable.wakesWorker === true && pollable.ready())) return;
  const reason = pollables.every(({ change, awaitsWorker }) => change === undefined || awaitsWorker === true)
    ? "inside"
    : "outside";
  if (earliest === undefined) return context.wait(Promise.race(changes), reason);
  if (pollables.every(({ change, wakesWorker }) => change === undefined || wakesWorker === true))
    context.suspendUntil(earliest);
  const timer = new AbortController();
  const worker = workerIdText(context.workerId);
  const alarm = context.clock.sleep(Number(earliest - context.now()) / 1_000_000, timer.signal, worker);
  try {
    await context.wait(Promise.race([alarm, ...changes]), reason);
  } finally {
    timer.abort();
  }
}

/** The guest is told that these are ready. While replaying, some of them become so only now: then it waits for them. */
function tell(context: Ports, pollables: readonly Pollable[]): Promise<void> | undefined {
  for (const pollable of pollables) pollable.told?.();
  const late = pollables.filter((each) => each.happensAgain === true && !each.ready());
  return late.length === 0 ? undefined : repeat(context, late);
}

async function repeat(context: Ports, pollables: readonly Pollable[]): Promise<void> {
  const deadline = context.now() + LONGEST_REPEAT;
  const limit: Pollable = { deadline, ready: () => context.now() >= deadline };
  for (const pollable of pollables) {
    await pollAll(context, [pollable, limit]);
    if (!pollable.ready()) {
      throw new Error(
        "What the worker waited for did not happen again while it was replayed: sockets are not durable. " +
          "Revert the worker to before it used them, or use wasi:http, whose responses are recorded",
      );
    }
  }
}

export const poll: HostInterface<Ports> = {
  name: "wasi:io/poll",
  functions: {
    poll: readLocal("golem io::poll::poll", {
      types: { request: null, response: list(u32) },
      waits: true,
      run: pollOrAsk,
      toGuest: (context, ready: Uint32Array, pollables: readonly Pollable[]) => {
        const told = Array.from(ready, (index) => pollables[index] ?? []).flat();
        const repeated = tell(context, told);
        return repeated === undefined ? ready : repeated.then(() => ready);
      },
    }),
    "[method]pollable.block": readLocal("golem io::poll::poll", {
      types: { request: null, response: list(u32) },
      waits: true,
      run: (context, pollable: Pollable) => pollAll(context, [pollable]),
      toGuest: (context, _: Uint32Array, pollable: Pollable) => tell(context, [pollable]),
    }),
    "[method]pollable.ready": direct((context, pollable: Pollable) => {
      const ready = pollable.ready();
      if (!ready) context.notYet(pollable, pollable.change);
      else {
        context.there(pollable);
        pollable.told?.();
      }
      return ready;
    }),
  },
};
