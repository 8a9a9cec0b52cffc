import { textCodec } from "./codec.ts";

/**
 * What can be written: bytes, text (as UTF-8), a web stream, or whatever else gives chunks of bytes.
 *
 * @example
 * ```ts
 * function* squares(): Generator<Uint8Array> {
 *   for (let n = 0; n < 16; n += 1) yield Uint8Array.of(n * n);
 * }
 * const content: Content = squares();
 * ```
 */
export type Content =
  | Uint8Array
  | string
  | ReadableStream<Uint8Array>
  | Iterable<Uint8Array>
  | AsyncIterable<Uint8Array>;

/** The chunks of a content. Leaving them early cancels a stream. */
export function chunksOf(content: Content): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if (typeof content === "string") return [textCodec.encode(content)];
  if (content instanceof Uint8Array) return [content];
  return content;
}

/** A stream that asks for a chunk when it is read. */
export function streamOf<Chunk extends Uint8Array>(
  chunks: AsyncGenerator<Chunk, void, undefined>,
): ReadableStream<Chunk> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return();
    },
  });
}
