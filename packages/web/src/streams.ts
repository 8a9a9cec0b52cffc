import { define } from "./define.ts";
import { pipeWithSignal } from "./streams/pipe.ts";
import { TextDecoderStream, TextEncoderStream } from "./streams/text-streams.ts";

/** Gives streams what the engine lacks: `ReadableStream.from`, streams of text, and signals that end a pipe. */
function installStreams(): void {
  define(globalThis, { TextDecoderStream, TextEncoderStream });
  define(ReadableStream, { from: streamFrom });

  const pipeTo = Reflect.get(ReadableStream.prototype, "pipeTo");
  define(ReadableStream.prototype, {
    pipeTo(
      this: ReadableStream<unknown>,
      destination: WritableStream<unknown>,
      { signal, ...options }: StreamPipeOptions = {},
    ): Promise<void> {
      if (signal === undefined) return pipeTo.call(this, destination, options);
      return pipeWithSignal(this, destination, signal, options);
    },
    pipeThrough(
      this: ReadableStream<unknown>,
      { readable, writable }: ReadableWritablePair<unknown, unknown>,
      options: StreamPipeOptions = {},
    ): ReadableStream<unknown> {
      // What fails is told by the stream that is returned.
      this.pipeTo(writable, options).catch(() => {});
      return readable;
    },
  });
}

function streamFrom<T>(source: Iterable<T> | AsyncIterable<T>): ReadableStream<T> {
  const values = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  return new ReadableStream<T>(
    {
      async pull(controller) {
        const { done, value } = await values.next();
        if (done) controller.close();
        else controller.enqueue(await value);
      },
      async cancel(reason: unknown) {
        await values.return?.(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

installStreams();
