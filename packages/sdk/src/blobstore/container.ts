import { createContainer, getContainer } from "wasi:blobstore/blobstore";
import type { Container as ContainerHandle } from "wasi:blobstore/container";

import type { Bytes } from "../bytes.ts";
import { jsonCodec, textCodec } from "../codec.ts";
import { chunksOf, streamOf, type Content } from "../content.ts";
import { storeCall, storeFailure, type BlobStoreOperation } from "./blob-store-error.ts";
import { pieces, resolveRange, type ByteRange } from "../byte-range.ts";
import type { ContainerInfo, ObjectInfo } from "./object-info.ts";
import { namesOf } from "./names-of.ts";
import { outgoingValueOf } from "./write-body.ts";

/** Read at once by what reads in chunks. */
const LARGEST_READ = 1_048_576;

/**
 * A named collection of objects (files): bytes under string names. Every worker of every component of the account sees
 * the same container.
 *
 * Opened by its first operation, so it may be a constant of a module. Its one handle is kept until it is disposed of;
 * using it afterwards opens it again.
 *
 * @example
 * ```ts
 * using receipts: Container = openContainer("receipts", { create: true });
 * await receipts.put("o-1.txt", "1 × tea");
 * const text = await receipts.text("o-1.txt"); // string | undefined
 * ```
 */
export class Container implements Disposable {
  readonly name: string;
  readonly #create: boolean;
  #handle: ContainerHandle | undefined;

  /** Made by `openContainer`. */
  constructor(name: string, { create }: { readonly create: boolean }) {
    this.name = name;
    this.#create = create;
  }

  /**
   * Writes an object, over the one that was there. Readers see the old content or the new, nothing between.
   * Stands on `wasi:blobstore/container.write-data`.
   *
   * @throws BlobStoreError
   * @example
   * ```ts
   * await receipts.put("o-1.txt", "1 × tea");
   * await receipts.put("o-1.pdf", response.body); // a ReadableStream
   * ```
   */
  async put(object: string, content: Content): Promise<void> {
    const operation = this.#operation("put", object);
    const handle = this.#open(operation);
    using value = await outgoingValueOf(chunksOf(content)).catch((thrown: unknown) => {
      throw storeFailure(operation, thrown);
    });
    storeCall(operation, () => handle.writeData(object, value));
  }

  /** Writes a value as JSON. @throws BlobStoreError; CodecError for what JSON cannot say */
  async putJson(object: string, value: unknown): Promise<void> {
    await this.put(object, jsonCodec<unknown>().encode(value));
  }

  /**
   * The bytes of an object, or of a part of it; `undefined` if there is no such object. An empty object gives no bytes.
   * Stands on `wasi:blobstore/container.object-info` and `get-data`.
   *
   * @throws BlobStoreError; SdkError `invalid-range`
   * @example
   * ```ts
   * const header = await receipts.bytes("o-1.pdf", { end: 16 });
   * const trailer = await receipts.bytes("o-1.pdf", { start: -16 });
   * ```
   */
  async bytes(object: string, range: ByteRange = {}): Promise<Bytes | undefined> {
    const operation = this.#operation("bytes", object);
    const found = this.#info(operation, object);
    return found && this.#read(operation, object, resolveRange(range, found.size));
  }

  /** The text of an object; `undefined` if there is no such object. @throws BlobStoreError; CodecError if it is not UTF-8 */
  async text(object: string): Promise<string | undefined> {
    const bytes = await this.bytes(object);
    return bytes && textCodec.decode(bytes);
  }

  /**
   * The value that an object holds as JSON; `undefined` if there is no such object. `T` is what the caller says it is.
   *
   * @throws BlobStoreError; CodecError if it is not JSON
   */
  async json<T = unknown>(object: string): Promise<T | undefined> {
    const bytes = await this.bytes(object);
    return bytes && jsonCodec<T>().decode(bytes);
  }

  /**
   * An object's bytes in chunks of at most 1 MiB, each read when it is wanted; `undefined` if there is no such object.
   * An object that is written meanwhile gives a mixture.
   *
   * @throws BlobStoreError; SdkError `invalid-range`
   * @example
   * ```ts
   * const chunks = await receipts.chunks("o-1.pdf");
   * let size = 0;
   * if (chunks) for await (const chunk of chunks) size += chunk.length;
   * ```
   */
  async chunks(
    object: string,
    range: ByteRange = {},
  ): Promise<AsyncGenerator<Bytes, void, undefined> | undefined> {
    const operation = this.#operation("chunks", object);
    const found = this.#info(operation, object);
    return found && this.#chunks(operation, object, resolveRange(range, found.size));
  }

  /** As {@link chunks}, as a web stream: for `new Response(stream)`. @throws BlobStoreError; SdkError `invalid-range` */
  async stream(object: string, range: ByteRange = {}): Promise<ReadableStream<Bytes> | undefined> {
    const chunks = await this.chunks(object, range);
    return chunks && streamOf(chunks);
  }

  /** Whether an object exists. Stands on `wasi:blobstore/container.has-object`. @throws BlobStoreError */
  async has(object: string): Promise<boolean> {
    const operation = this.#operation("has", object);
    return storeCall(operation, () => this.#open(operation).hasObject(object));
  }

  /**
   * Size and age of an object; `undefined` if there is no such object.
   * Stands on `wasi:blobstore/container.object-info`.
   *
   * @throws BlobStoreError
   */
  async info(object: string): Promise<ObjectInfo | undefined> {
    return this.#info(this.#operation("info", object), object);
  }

  /**
   * The names of the objects, in no promised order, fetched page by page. Objects written meanwhile may be missing.
   * Stands on `wasi:blobstore/container.list-objects`.
   *
   * @param options.prefix only names that begin with it @default ""
   * @param options.skip so many names are passed over, whatever their prefix @default 0
   * @throws BlobStoreError
   * @example
   * ```ts
   * for await (const name of receipts.list({ prefix: "2026/" })) log.info(name);
   * const names = await Array.fromAsync(receipts.list());
   * ```
   */
  async *list({
    prefix = "",
    skip = 0,
  }: { readonly prefix?: string; readonly skip?: number } = {}): AsyncGenerator<string, void, undefined> {
    const operation = this.#operation("list");
    const handle = this.#open(operation);
    for (const name of namesOf(handle, operation, skip)) if (name.startsWith(prefix)) yield name;
  }

  /**
   * Removes an object; one that does not exist is no error.
   * Stands on `wasi:blobstore/container.delete-objects`, for Golem 1.2's `delete-object` leaves files where they are.
   *
   * @throws BlobStoreError
   */
  async delete(object: string): Promise<void> {
    await this.deleteMany([object]);
  }

  /** Removes several objects in one call of the store. Stands on `wasi:blobstore/container.delete-objects`. @throws BlobStoreError */
  async deleteMany(objects: readonly string[]): Promise<void> {
    const [only] = objects;
    const operation = this.#operation("delete", objects.length === 1 ? only : undefined, objects);
    if (objects.length > 0) storeCall(operation, () => this.#open(operation).deleteObjects([...objects]));
  }

  /**
   * Removes all objects; on Golem 1.2 the container with them. Stands on `wasi:blobstore/container.clear`.
   *
   * @throws BlobStoreError
   */
  async clear(): Promise<void> {
    const operation = this.#operation("clear");
    storeCall(operation, () => this.#open(operation).clear());
  }

  /** The container's own data. Stands on `wasi:blobstore/container.info`. @throws BlobStoreError */
  async describe(): Promise<ContainerInfo> {
    const operation = this.#operation("describe");
    const { name, createdAt } = storeCall(operation, () => this.#open(operation).info());
    return { name, createdAt: new Date(Number(createdAt)) };
  }

  [Symbol.dispose](): void {
    this.#handle?.[Symbol.dispose]();
    this.#handle = undefined;
  }

  #operation(operation: string, object?: string, objects?: readonly string[]): BlobStoreOperation {
    return { operation, container: this.name, object, objects };
  }

  #open(operation: BlobStoreOperation): ContainerHandle {
    this.#handle ??= storeCall(operation, () =>
      this.#create ? createContainer(this.name) : getContainer(this.name),
    );
    return this.#handle;
  }

  #info(operation: BlobStoreOperation, object: string): ObjectInfo | undefined {
    const handle = this.#open(operation);
    try {
      const { name, container, size, createdAt } = handle.objectInfo(object);
      return { name, container, size: Number(size), createdAt: new Date(Number(createdAt)) };
    } catch (thrown) {
      // The store's errors are texts without a code: only asking tells a missing object from another failure.
      if (!storeCall(operation, () => handle.hasObject(object))) return undefined;
      throw storeFailure(operation, thrown);
    }
  }

  /** Never asks the store for an empty range: hosts fail on one, and for an empty object there is no other. */
  #read(
    operation: BlobStoreOperation,
    object: string,
    { start, end }: { start: number; end: number },
  ): Bytes {
    if (start === end) return new Uint8Array();
    return storeCall(operation, () => {
      using content = this.#open(operation).getData(object, BigInt(start), BigInt(end));
      return content.incomingValueConsumeSync() as Bytes;
    });
  }

  async *#chunks(
    operation: BlobStoreOperation,
    object: string,
    { start, end }: { start: number; end: number },
  ): AsyncGenerator<Bytes, void, undefined> {
    for (const piece of pieces(start, end, LARGEST_READ)) yield this.#read(operation, object, piece);
  }
}
