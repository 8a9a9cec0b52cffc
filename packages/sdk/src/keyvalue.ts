import type { Codec, JsonValue } from "./codec.ts";
import { Bucket } from "./keyvalue/bucket.ts";
import { KeyValueError, type KeyValueOperation } from "./keyvalue/key-value-error.ts";
import type { InputOf, OutputOf, StandardSchema } from "./standard-schema.ts";
import { valueFormat, type FormatOptions } from "./value-format.ts";

export {
  bytesCodec,
  CodecError,
  isCodecError,
  jsonCodec,
  textCodec,
  type Codec,
  type JsonValue,
} from "./codec.ts";
export { Bucket } from "./keyvalue/bucket.ts";
export { isKeyValueError, KeyValueError, type KeyValueErrorCode } from "./keyvalue/key-value-error.ts";
export type { InputOf, OutputOf, StandardSchema } from "./standard-schema.ts";

/**
 * Names a bucket of the key-value store. Nothing is opened before its first operation, so that it may be written at the
 * top of a module. Buckets need no creation.
 *
 * Stands on `wasi:keyvalue/types.bucket.open-bucket`; the world imports `wasi:keyvalue/types@0.1.0`,
 * `wasi:keyvalue/eventual@0.1.0` and `wasi:keyvalue/eventual-batch@0.1.0`.
 * The interfaces `wasi:keyvalue/atomic` and `wasi:keyvalue/cache` trap on Golem 1.2, and are therefore not wrapped.
 *
 * @param options.schema any Standard Schema: values are stored as JSON and checked when written and when read
 * @param options.codec how values become bytes @default jsonCodec()
 * @example
 * ```ts
 * interface Product { name: string; price: number }
 *
 * const products = openBucket<Product>("products");
 * await products.set("tea", { name: "Tea", price: 3 });
 * const tea = await products.get("tea"); // Product | undefined
 * ```
 */
export function openBucket<S extends StandardSchema>(
  name: string,
  options: { readonly schema: S },
): Bucket<OutputOf<S>, InputOf<S>>;
export function openBucket<T>(name: string, options: { readonly codec: Codec<T> }): Bucket<T>;
export function openBucket<T = JsonValue>(name: string): Bucket<T>;
export function openBucket(name: string, options: FormatOptions = {}): Bucket<unknown> {
  return new Bucket(
    name,
    valueFormat(options, (operation: KeyValueOperation, reason, issues) => {
      const why = `the value does not fit the bucket's schema: ${reason}`;
      return new KeyValueError("keyvalue-invalid-value", operation, why, issues);
    }),
  );
}
