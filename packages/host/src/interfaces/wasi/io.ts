import { workerIdText } from "../../ground/api/worker-id.ts";
import { direct, readLocal, waiting, type HostInterface } from "../host-interface.ts";
import { list, u32 } from "../../ground/wit/wit-types.ts";
import type { Pollable } from "./pollable.ts";
import { type InputStream, type OutputStream, readSize, StreamError } from "./streams.ts";
import type { AskingPort, IdentityPort, ClockPort, WaitPort, LifecyclePort, CallsPort } from "../ports.ts";

type Ports = IdentityPort & ClockPort & WaitPort & AskingPort & LifecyclePort & CallsPort;

/** Nanoseconds that a replay waits for what has happened before. */
const LONGEST_REPEAT = 10_000_000_000n;

/** Waits until at least one is ready and returns the indices of those that are. */
async function pollAll(context: Ports, pollables: readonly Pollable[]): Promise<Uint32Array> {
  if (pollables.length === 0)
    throw new Error("wasi:io/poll.poll was called with an empty list, which would wait for ever");
  for (;;) {
    const ready = pollables.flatMap((pollable, index) => (pollable.ready() ? [index] : []));
    if (ready.length > 0) return Uint32Array.from(ready);
    await waitForChange(context, pollables);
  }
}

async function waitForChange(context: Ports, pollables: readonly Pollable[]): Promise<void> {
  const deadlines = pollables.flatMap((pollable) => pollable.deadline ?? []);
  const earliest = deadlines.reduce<bigint | undefined>(
    (least, at) => (least === undefined || at < least ? at : least),
    undefined,
  );
  const changes = pollables.flatMap((pollable) => pollable.change?.() ?? []);
  const reason = pollables.every(({ change, awaitsWorker }) => change === undefined || awaitsWorker === true)
    ? "inside"
    : "outside";
  if (earliest === undefined) return context.wait(Promise.race(changes), reason);
  if (changes.length === 0) context.suspendUntil(earliest);
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
      run: pollAll,
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
      if (!ready) context.notYet(pollable.change);
      else {
        context.there();
        pollable.told?.();
      }
      return ready;
    }),
  },
};

export const error: HostInterface<Ports> = {
  name: "wasi:io/error",
  functions: { "[method]error.to-debug-string": direct((_, failure: Error) => failure.message) },
};

type StreamResult<T> =
  | { readonly tag: "ok"; readonly val: T }
  | { readonly tag: "err"; readonly val: unknown };

/** The WIT result of a stream operation: `closed`, or `last-operation-failed` with the reason. */
function streamResult<T>(operation: () => T): StreamResult<T> {
  try {
    return { tag: "ok", val: operation() };
  } catch (failure) {
    return streamFailure(failure);
  }
}

function streamFailure(failure: unknown): StreamResult<never> {
  if (!(failure instanceof StreamError)) throw failure;
  return {
    tag: "err",
    val: failure.closed ? { tag: "closed" } : { tag: "last-operation-failed", val: failure },
  };
}

async function whenReadable<T>(
  context: Ports,
  stream: InputStream,
  operation: () => T,
): Promise<StreamResult<T>> {
  await stream.readable((promise) => context.wait(promise));
  return streamResult(operation);
}

/** Does the operation and waits until more can be written, so that a guest cannot run ahead of its reader. */
function thenFlush<T>(
  context: Ports,
  stream: OutputStream,
  operation: () => T,
): StreamResult<T> | Promise<StreamResult<T>> {
  const done = streamResult(operation);
  if (stream.writable === undefined) return done;
  return stream.writable((promise) => context.wait(promise)).then(() => done);
}

function readNow(context: Ports, stream: InputStream, len: bigint): StreamResult<Uint8Array> {
  return stream.journalled === undefined
    ? streamResult(() => stream.read(readSize(len)))
    : (context.call(stream.journalled.read, stream, len) as StreamResult<Uint8Array>);
}

function readWhenReady(context: Ports, stream: InputStream, len: bigint): Promise<StreamResult<Uint8Array>> {
  return stream.journalled === undefined
    ? whenReadable(context, stream, () => stream.read(readSize(len)))
    : (context.call(stream.journalled.blockingRead, stream, len) as Promise<StreamResult<Uint8Array>>);
}

/** How much of `len` the target takes now. */
function room(target: OutputStream, len: bigint): StreamResult<bigint> {
  return streamResult(() => {
    const writable = target.checkWrite();
    return len < writable ? len : writable;
  });
}

function copyTo(target: OutputStream, contents: StreamResult<Uint8Array>): StreamResult<bigint> {
  if (contents.tag === "err") return contents;
  return streamResult(() => {
    target.write(contents.val);
    return BigInt(contents.val.length);
  });
}

export const streams: HostInterface<Ports> = {
  name: "wasi:io/streams",
  functions: {
    "[method]input-stream.read": direct(readNow),
    "[method]input-stream.blocking-read": waiting(readWhenReady),
    "[method]input-stream.skip": direct((context, stream: InputStream, len: bigint) =>
      stream.journalled === undefined
        ? streamResult(() => BigInt(stream.read(readSize(len)).length))
        : context.call(stream.journalled.skip, stream, len),
    ),
    "[method]input-stream.blocking-skip": waiting((context, stream: InputStream, len: bigint) =>
      stream.journalled === undefined
        ? whenReadable(context, stream, () => BigInt(stream.read(readSize(len)).length))
        : context.call(stream.journalled.blockingSkip, stream, len),
    ),
    "[method]input-stream.subscribe": direct((_, stream: InputStream): Pollable => stream.pollable()),
    "[resource-drop]input-stream": direct((_, stream: InputStream) => stream.close()),
    "[method]output-stream.check-write": direct((_, stream: OutputStream) =>
      streamResult(() => stream.checkWrite()),
    ),
    "[method]output-stream.write": direct((_, stream: OutputStream, contents: Uint8Array) =>
      streamResult(() => stream.write(contents)),
    ),
    "[method]output-stream.blocking-write-and-flush": waiting(
      (context, stream: OutputStream, contents: Uint8Array) =>
        thenFlush(context, stream, () => stream.write(contents)),
    ),
    "[method]output-stream.flush": direct((_, stream: OutputStream) => streamResult(() => stream.flush())),
    "[method]output-stream.blocking-flush": waiting((context, stream: OutputStream) =>
      thenFlush(context, stream, () => stream.flush()),
    ),
    "[method]output-stream.subscribe": direct((_, stream: OutputStream): Pollable => stream.pollable()),
    "[method]output-stream.write-zeroes": direct((_, stream: OutputStream, len: bigint) =>
      streamResult(() => stream.write(new Uint8Array(Number(len)))),
    ),
    "[method]output-stream.blocking-write-zeroes-and-flush": waiting(
      (context, stream: OutputStream, len: bigint) =>
        thenFlush(context, stream, () => stream.write(new Uint8Array(Number(len)))),
    ),
    "[method]output-stream.splice": direct(
      (context, target: OutputStream, source: InputStream, len: bigint) => {
        const free = room(target, len);
        return free.tag === "err" ? free : copyTo(target, readNow(context, source, free.val));
      },
    ),
    "[method]output-stream.blocking-splice": waiting(
      async (context, target: OutputStream, source: InputStream, len: bigint) => {
        await target.writable?.((promise) => context.wait(promise));
        const free = room(target, len);
        return free.tag === "err" ? free : copyTo(target, await readWhenReady(context, source, free.val));
      },
    ),
    "[resource-drop]output-stream": direct((_, stream: OutputStream) => stream.close()),
  },
};
