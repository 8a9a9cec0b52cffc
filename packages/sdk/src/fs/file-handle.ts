import type { Advice, Descriptor, DescriptorFlags } from "wasi:filesystem/types@0.2.0";

import { resolveRange, type ByteRange } from "../byte-range.ts";
import type { Bytes } from "../bytes.ts";
import { textCodec } from "../codec.ts";
import { chunksOf, streamOf, type Content } from "../content.ts";
import { chunksFrom } from "../io/input.ts";
import { flush, writeAll } from "../io/output.ts";
import type { AdvisedPart } from "./advised-part.ts";
import { byteCount } from "./byte-count.ts";
import { newTimestamp, type FileTime } from "./file-time.ts";
import { fsCall, FsError, fsFailure, fsWait, type FsOperation } from "./fs-error.ts";
import { readAt, writeAt } from "./positioned.ts";
import { Stats } from "./stats.ts";

/**
 * An open file, or an open directory, of which only its metadata can be asked. It holds a handle of the platform until
 * it is closed: write `await using file = await open(…)`.
 *
 * As in Node, reading and writing without a position goes on where the last such operation ended; a file that was opened
 * to append is always written at its end.
 *
 * @example
 * ```ts
 * await using file: FileHandle = await open("log.txt", "a+");
 * await file.write("one more line\n");
 * const start = await file.read(16, 0);
 * ```
 */
export class FileHandle implements Disposable, AsyncDisposable {
  readonly path: string;
  readonly #descriptor: Descriptor;
  readonly #append: boolean;
  #position = 0;
  #open = true;

  /** Made by `open`. */
  constructor(path: string, descriptor: Descriptor, append: boolean) {
    this.path = path;
    this.#descriptor = descriptor;
    this.#append = append;
  }

  /**
   * At most `length` bytes; fewer only where the file ends, none at its end.
   * Stands on `wasi:filesystem/types.descriptor.read`.
   *
   * @param length in bytes @default 16384
   * @param position where to read; the file's own position stays then @default where the last read or write ended
   * @throws FsError
   */
  async read(length = 16_384, position?: number): Promise<Bytes> {
    return this.#call("read", (descriptor, operation) => {
      if (length !== Infinity) byteCount(operation, "The length", length);
      if (position !== undefined) byteCount(operation, "The position", position);
      const start = position ?? this.#position;
      const bytes = readAt(descriptor, start, length);
      if (position === undefined) this.#position = start + bytes.length;
      return bytes;
    });
  }

  /** What is left of the file from its position on, as bytes, or as text in UTF-8. @throws FsError; CodecError if it is not UTF-8 */
  async readFile(): Promise<Bytes>;
  async readFile(encoding: "utf8"): Promise<string>;
  async readFile(encoding?: "utf8"): Promise<Bytes | string> {
    const bytes = await this.read(Infinity);
    return encoding === undefined ? bytes : textCodec.decode(bytes);
  }

  /**
   * Writes all of it. Stands on `wasi:filesystem/types.descriptor.write`, or `append-via-stream`.
   *
   * @param position where to write; the file's own position stays then @default where the last read or write ended
   * @throws FsError
   */
  async write(content: Content, position?: number): Promise<void> {
    const operation = this.#operation("write");
    let offset = position ?? this.#position;
    byteCount(operation, "The position", offset);
    for await (const chunk of chunksOf(content)) {
      await this.#write(operation, chunk, offset);
      offset += chunk.length;
    }
    if (position === undefined) this.#position = offset;
  }

  /**
   * The file's bytes as a web stream, read as they are wanted; independent of the file's position. The file must stay
   * open meanwhile. Stands on `wasi:filesystem/types.descriptor.read-via-stream`.
   *
   * @throws FsError; SdkError `invalid-range`
   */
  readable(range: ByteRange = {}): ReadableStream<Bytes> {
    return streamOf(this.chunks(range));
  }

  /** As {@link readable}, for `for await`. @throws FsError; SdkError `invalid-range` */
  async *chunks(range: ByteRange = {}): AsyncGenerator<Bytes, void, undefined> {
    const operation = this.#operation("read");
    const { start, end } = resolveRange(range, (await this.stat()).size);
    try {
      using stream = this.#opened(operation).readViaStream(BigInt(start));
      yield* chunksFrom(stream, end - start);
    } catch (thrown) {
      throw fsFailure(operation, thrown);
    }
  }

  /**
   * A web stream that writes into the file, independent of its position. The file must stay open meanwhile.
   * Stands on `wasi:filesystem/types.descriptor.write-via-stream`, or `append-via-stream`.
   *
   * @param start the first byte that is written @default 0
   * @throws FsError `EINVAL` for a start that is no position
   */
  writable(start = 0): WritableStream<Uint8Array | string> {
    const operation = this.#operation("write");
    let offset = start;
    byteCount(operation, "The position", offset);
    return new WritableStream({
      write: async (content) => {
        const bytes = typeof content === "string" ? textCodec.encode(content) : content;
        await fsWait(operation, async () => {
          const descriptor = this.#opened(operation);
          using stream = this.#append
            ? descriptor.appendViaStream()
            : descriptor.writeViaStream(BigInt(offset));
          await writeAll(stream, bytes);
          await flush(stream);
        });
        offset += bytes.length;
      },
    });
  }

  /** Size, type and times. Stands on `wasi:filesystem/types.descriptor.stat`. @throws FsError */
  async stat(): Promise<Stats> {
    return this.#call("stat", (descriptor) => new Stats(descriptor.stat()));
  }

  /** Cuts the file off, or fills it up with zeroes. Stands on `wasi:filesystem/types.descriptor.set-size`. @param size in bytes @default 0 @throws FsError */
  async truncate(size = 0): Promise<void> {
    this.#call("truncate", (descriptor, operation) =>
      descriptor.setSize(byteCount(operation, "The size", size)),
    );
  }

  /** Sets the times of last access and modification. Stands on `wasi:filesystem/types.descriptor.set-times`. @throws FsError; SdkError `invalid-time` */
  async utimes(accessed: FileTime, modified: FileTime): Promise<void> {
    const times = [newTimestamp(accessed), newTimestamp(modified)] as const;
    this.#call("utimes", (descriptor) => descriptor.setTimes(...times));
  }

  /**
   * Waits until content and metadata have reached the disk. A worker's files are made again by replay, so that nothing
   * depends on it. Stands on `wasi:filesystem/types.descriptor.sync`.
   *
   * @throws FsError
   */
  async sync(): Promise<void> {
    this.#call("sync", (descriptor) => descriptor.sync());
  }

  /** As {@link sync}, for the content only. Stands on `wasi:filesystem/types.descriptor.sync-data`. @throws FsError */
  async datasync(): Promise<void> {
    this.#call("datasync", (descriptor) => descriptor.syncData());
  }

  /** Tells the platform how a part of the file will be read; it may ignore that. Stands on `wasi:filesystem/types.descriptor.advise`. @throws FsError */
  async advise(advice: Advice, { offset = 0, length = 0 }: AdvisedPart = {}): Promise<void> {
    this.#call("advise", (descriptor, operation) =>
      descriptor.advise(
        byteCount(operation, "The offset", offset),
        byteCount(operation, "The length", length),
        advice,
      ),
    );
  }

  /** What the file was opened for. Stands on `wasi:filesystem/types.descriptor.get-flags`. @throws FsError */
  async flags(): Promise<Readonly<DescriptorFlags>> {
    return this.#call("flags", (descriptor) => descriptor.getFlags());
  }

  /** Whether both are the same file, under whatever names. Stands on `wasi:filesystem/types.descriptor.is-same-object`. @throws FsError */
  async isSameFile(other: FileHandle): Promise<boolean> {
    return this.#call("isSameFile", (descriptor) =>
      descriptor.isSameObject(other.#opened(other.#operation("isSameFile"))),
    );
  }

  /** A number that changes when the file does. Stands on `wasi:filesystem/types.descriptor.metadata-hash`. @throws FsError */
  async metadataHash(): Promise<bigint> {
    const { lower, upper } = this.#call("metadataHash", (descriptor) => descriptor.metadataHash());
    return (upper << 64n) | lower;
  }

  /** Gives the handle back; a second time does nothing. */
  async close(): Promise<void> {
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    if (!this.#open) return;
    this.#open = false;
    this.#descriptor[Symbol.dispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
  }

  async #write(operation: FsOperation, chunk: Uint8Array, offset: number): Promise<void> {
    if (this.#append) {
      await fsWait(operation, async () => {
        using stream = this.#opened(operation).appendViaStream();
        await writeAll(stream, chunk);
        await flush(stream);
      });
      return;
    }
    fsCall(operation, () => writeAt(this.#opened(operation), chunk, offset));
  }

  #call<T>(name: string, call: (descriptor: Descriptor, operation: FsOperation) => T): T {
    const operation = this.#operation(name);
    return fsCall(operation, () => call(this.#opened(operation), operation));
  }

  #operation(name: string): FsOperation {
    return { operation: `file.${name}`, path: this.path };
  }

  #opened(operation: FsOperation): Descriptor {
    if (!this.#open) throw new FsError(operation, "bad-descriptor");
    return this.#descriptor;
  }
}
