import { delete as deleteKey, exists, get, set } from "wasi:keyvalue/eventual@0.1.0";
import { deleteMany, getMany, keys, setMany } from "wasi:keyvalue/eventual-batch@0.1.0";
import { Bucket as BucketHandle, OutgoingValue, type IncomingValue } from "wasi:keyvalue/types@0.1.0";

import type { ValueFormat } from "../value-format.ts";
import { storeCall, type KeyValueOperation } from "./key-value-error.ts";

/**
 * A named collection of values under string keys. Every worker of every component of the account sees the same bucket;
 * a write is seen by reads that begin after it, and there are no transactions.
 *
 * Opening costs nothing until the first operation, so a bucket may be a constant of a module. Its one handle is kept
 * until it is disposed of; using it afterwards opens it again.
 *
 * @example
 * ```ts
 * using products: Bucket<{ name: string }> = openBucket("products");
 * await products.set("tea", { name: "Tea" });
 * const tea = await products.get("tea"); // { name: string } | undefined
 * ```
 */
export class Bucket<Out, In = Out> implements Disposable {
  readonly name: string;
  readonly #format: ValueFormat<Out, In, KeyValueOperation>;
  #handle: BucketHandle | undefined;

  /** Made by `openBucket`. */
  constructor(name: string, format: ValueFormat<Out, In, KeyValueOperation>) {
    this.name = name;
    this.#format = format;
  }

  /**
   * The value of `key`, or `undefined` if there is none. Stands on `wasi:keyvalue/eventual.get`.
   *
   * @throws KeyValueError if the store fails or the value does not fit the schema
   * @throws CodecError if what is stored is not in the bucket's format
   */
  async get(key: string): Promise<Out | undefined> {
    const operation = this.#operation("get", key);
    const bytes = storeCall(operation, () => consume(get(this.#open(), key)));
    return bytes === undefined ? undefined : this.#format.decode(bytes, operation);
  }

  /**
   * Writes a value, over the one that was there. Stands on `wasi:keyvalue/eventual.set`.
   *
   * @throws KeyValueError if the store fails or the value does not fit the schema
   * @throws CodecError if the value has no representation in the bucket's format
   */
  async set(key: string, value: In): Promise<void> {
    const operation = this.#operation("set", key);
    const bytes = await this.#format.encode(value, operation);
    storeCall(operation, () => {
      using outgoing = outgoingValue(bytes);
      set(this.#open(), key, outgoing);
    });
  }

  /** Removes a key; one that does not exist is no error. Stands on `wasi:keyvalue/eventual.delete`. @throws KeyValueError */
  async delete(key: string): Promise<void> {
    storeCall(this.#operation("delete", key), () => deleteKey(this.#open(), key));
  }

  /** Whether a key exists. Stands on `wasi:keyvalue/eventual.exists`. @throws KeyValueError */
  async has(key: string): Promise<boolean> {
    return storeCall(this.#operation("has", key), () => exists(this.#open(), key));
  }

  /**
   * How many bytes the value of `key` takes in the store, or `undefined` if there is none.
   * Stands on `wasi:keyvalue/eventual.get` and `types.incoming-value.incoming-value-size`.
   *
   * @throws KeyValueError
   */
  async size(key: string): Promise<number | undefined> {
    return storeCall(this.#operation("size", key), () => {
      using value = get(this.#open(), key);
      return value && Number(value.incomingValueSize());
    });
  }

  /** All keys, in the order of their bytes. Stands on `wasi:keyvalue/eventual-batch.keys`. @throws KeyValueError */
  async keys(): Promise<string[]> {
    return storeCall(this.#operation("keys"), () => keys(this.#open()));
  }

  /**
   * The values of several keys, in their order, `undefined` for those that are missing. One call of the store if all of
   * them exist; the store answers nothing at all when any is missing, and then they are read one by one.
   *
   * Stands on `wasi:keyvalue/eventual-batch.get-many`.
   *
   * @throws KeyValueError if the store fails or a value does not fit the schema
   * @throws CodecError if what is stored is not in the bucket's format
   * @example
   * ```ts
   * const [tea, coffee] = await products.getMany(["tea", "coffee"]);
   * ```
   */
  async getMany(wanted: readonly string[]): Promise<(Out | undefined)[]> {
    if (wanted.length === 0) return [];
    const operation = this.#operation("getMany", undefined, wanted);
    const found = storeCall(operation, () => getMany(this.#open(), [...wanted]).map(consume));
    if (found.every((bytes) => bytes === undefined)) return Promise.all(wanted.map((key) => this.get(key)));
    return Promise.all(
      found.map(async (bytes, index) =>
        bytes === undefined ? undefined : this.#format.decode(bytes, { ...operation, key: wanted[index] }),
      ),
    );
  }

  /**
   * Writes several values in one call of the store: a `Map`, or any pairs of key and value.
   *
   * Stands on `wasi:keyvalue/eventual-batch.set-many`.
   *
   * @throws KeyValueError if the store fails or a value does not fit the schema; then nothing was written
   * @throws CodecError if a value has no representation in the bucket's format
   */
  async setMany(entries: Iterable<readonly [key: string, value: In]>): Promise<void> {
    const pairs = [...entries];
    const names = pairs.map(([key]) => key);
    const operation = this.#operation("setMany", undefined, names);
    const encoded = await Promise.all(
      pairs.map(async ([key, value]) => {
        return [key, await this.#format.encode(value, { ...operation, key })] as const;
      }),
    );
    if (encoded.length === 0) return;
    storeCall(operation, () => {
      using values = new DisposableStack();
      setMany(
        this.#open(),
        encoded.map(([key, bytes]) => [key, values.use(outgoingValue(bytes))]),
      );
    });
  }

  /** Removes several keys in one call of the store. Stands on `wasi:keyvalue/eventual-batch.delete-many`. @throws KeyValueError */
  async deleteMany(unwanted: readonly string[]): Promise<void> {
    if (unwanted.length === 0) return;
    storeCall(this.#operation("deleteMany", undefined, unwanted), () =>
      deleteMany(this.#open(), [...unwanted]),
    );
  }

  [Symbol.dispose](): void {
    this.#handle?.[Symbol.dispose]();
    this.#handle = undefined;
  }

  #open(): BucketHandle {
    this.#handle ??= BucketHandle.openBucket(this.name);
    return this.#handle;
  }

  #operation(operation: string, key?: string, keys?: readonly string[]): KeyValueOperation {
    return { operation, bucket: this.name, key, keys };
  }
}

function consume(incoming: IncomingValue | undefined): Uint8Array | undefined {
  if (incoming === undefined) return undefined;
  using value = incoming;
  return value.incomingValueConsumeSync();
}

function outgoingValue(bytes: Uint8Array): OutgoingValue {
  const value = OutgoingValue.newOutgoingValue();
  value.outgoingValueWriteBodySync(bytes);
  return value;
}
