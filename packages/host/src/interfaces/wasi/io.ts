import { direct, waiting, type HostInterface } from "../host-interface.ts";
import { noteAnswer } from "./note-answer.ts";
import type { Pollable } from "./pollable.ts";
import { type InputStream, type OutputStream, readSize, StreamError } from "./streams.ts";
import type { AskingPort, CallsPort, DurabilityPort, WaitPort } from "../ports.ts";

type Ports = WaitPort & AskingPort & DurabilityPort & CallsPort;

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

/** Does an operation that does not wait. */
function atOnce<T>(
  context: Ports,
  stream: InputStream,
  operation: () => T,
  isContent: (found: T) => boolean,
): StreamResult<T> {
  const found = streamResult(operation);
  noteAnswer(context, stream, found.tag === "err" || isContent(found.val) ? "taken" : "missing");
  return found;
}

async function whenReadable<T>(
  context: Ports,
  stream: InputStream,
  operation: () => T,
): Promise<StreamResult<T>> {
  await stream.readable((promise) => context.wait(promise));
  context.there();
  return streamResult(operation);
}

/** Does the operation and waits until more can be written, so that a guest cannot run ahead of its reader. */
function thenFlush<T>(
  context: Ports,
  stream: OutputStream,
  operation: () => T,
): StreamResult<T> | Promise<StreamResult<T>> {
  const done = streamResult(operation);
  context.there();
  if (stream.writable === undefined) return done;
  return stream.writable((promise) => context.wait(promise)).then(() => done);
}

function readNow(context: Ports, stream: InputStream, len: bigint): StreamResult<Uint8Array> {
  return stream.journalled === undefined
    ? atOnce(
        context,
        stream,
        () => stream.read(readSize(len)),
        ({ length }) => length > 0,
      )
    : (context.call(stream.journalled.read, stream, len) as StreamResult<Uint8Array>);
}

function readWhenReady(context: Ports, stream: InputStream, len: bigint): Promise<StreamResult<Uint8Array>> {
  return stream.journalled === undefined
    ? whenReadable(context, stream, () => stream.read(readSize(len)))
    : (context.call(stream.journalled.blockingRead, stream, len) as Promise<StreamResult<Uint8Array>>);
}

function checkWrite(context: Ports, stream: OutputStream): StreamResult<bigint> {
  const room = streamResult(() => stream.checkWrite(context));
  noteAnswer(context, stream, room.tag === "ok" && room.val === 0n ? "missing" : "seen");
  return room;
}

function write(context: Ports, stream: OutputStream, contents: Uint8Array): StreamResult<void> {
  context.there();
  return streamResult(() => stream.write(contents));
}

/** How much of `len` the target takes now. */
function room(context: Ports, target: OutputStream, len: bigint): StreamResult<bigint> {
  const free = checkWrite(context, target);
  return free.tag === "ok" && len < free.val ? { tag: "ok", val: len } : free;
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
        ? atOnce(
            context,
            stream,
            () => BigInt(stream.read(readSize(len)).length),
            (skipped) => skipped > 0n,
          )
        : context.call(stream.journalled.skip, stream, len),
    ),
    "[method]input-stream.blocking-skip": waiting((context, stream: InputStream, len: bigint) =>
      stream.journalled === undefined
        ? whenReadable(context, stream, () => BigInt(stream.read(readSize(len)).length))
        : context.call(stream.journalled.blockingSkip, stream, len),
    ),
    "[method]input-stream.subscribe": direct((_, stream: InputStream): Pollable => stream.pollable()),
    "[resource-drop]input-stream": direct((_, stream: InputStream) => stream.close()),
    "[method]output-stream.check-write": direct(checkWrite),
    "[method]output-stream.write": direct(write),
    "[method]output-stream.blocking-write-and-flush": waiting(
      (context, stream: OutputStream, contents: Uint8Array) =>
        thenFlush(context, stream, () => stream.write(contents)),
    ),
    "[method]output-stream.flush": direct((_, stream: OutputStream) => streamResult(() => stream.flush())),
    "[method]output-stream.blocking-flush": waiting((context, stream: OutputStream) =>
      thenFlush(context, stream, () => stream.flush()),
    ),
    "[method]output-stream.subscribe": direct((_, stream: OutputStream): Pollable => stream.pollable()),
    "[method]output-stream.write-zeroes": direct((context, stream: OutputStream, len: bigint) =>
      write(context, stream, new Uint8Array(Number(len))),
    ),
    "[method]output-stream.blocking-write-zeroes-and-flush": waiting(
      (context, stream: OutputStream, len: bigint) =>
        thenFlush(context, stream, () => stream.write(new Uint8Array(Number(len)))),
    ),
    "[method]output-stream.splice": direct(
      (context, target: OutputStream, source: InputStream, len: bigint) => {
        const free = room(context, target, len);
        if (free.tag === "err" || free.val === 0n) return free;
        return copyTo(target, readNow(context, source, free.val));
      },
    ),
    "[method]output-stream.blocking-splice": waiting(
      async (context, target: OutputStream, source: InputStream, len: bigint) => {
        await target.writable?.((promise) => context.wait(promise));
        const free = room(context, target, len);
        if (free.tag === "err" || free.val === 0n) return free;
        return copyTo(target, await readWhenReady(context, source, free.val));
      },
    ),
    "[resource-drop]output-stream": direct((_, stream: OutputStream) => stream.close()),
  },
};
