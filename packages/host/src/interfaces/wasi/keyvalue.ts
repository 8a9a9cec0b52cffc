import {
  direct,
  readRemote,
  writeRemote,
  type DurableFunction,
  type HostFunction,
  type HostInterface,
} from "../host-interface.ts";
import { bool, bytes, list, option, record, string } from "../../ground/wit/wit-types.ts";
import { IncomingValue } from "./incoming-value.ts";
import { OutgoingValue } from "./outgoing-value.ts";
import { inputStreamOf, outputStreamTo } from "./streams.ts";
import type { KeyValuePort } from "../ports.ts";

/** A `bucket`: the name is all there is to it; every worker of every component sees the same buckets. */
interface Bucket {
  readonly name: string;
}

const ok = <T>(val: T) => ({ tag: "ok", val }) as const;

export const types: HostInterface<KeyValuePort> = {
  name: "wasi:keyvalue/types",
  functions: {
    "[static]bucket.open-bucket": direct((_, name: string) => ok<Bucket>({ name })),
    "[static]outgoing-value.new-outgoing-value": direct(() => new OutgoingValue()),
    "[method]outgoing-value.outgoing-value-write-body-async": direct((_, value: OutgoingValue) =>
      ok(outputStreamTo((chunk) => value.append(chunk))),
    ),
    "[method]outgoing-value.outgoing-value-write-body-sync": direct(
      (_, value: OutgoingValue, body: Uint8Array) => ok(value.append(body.slice())),
    ),
    "[method]incoming-value.incoming-value-consume-sync": direct((_, value: IncomingValue) =>
      ok(value.take()),
    ),
    "[method]incoming-value.incoming-value-consume-async": direct((_, value: IncomingValue) =>
      ok(inputStreamOf(value.take())),
    ),
    "[method]incoming-value.incoming-value-size": direct((_, value: IncomingValue) => ok(BigInt(value.size))),
  },
};

export const keyValueError: HostInterface<KeyValuePort> = {
  name: "wasi:keyvalue/wasi-keyvalue-error",
  functions: { "[method]error.trace": direct((_, error: Error) => error.message) },
};

const BUCKET_AND_KEY = record({ bucket: "string", key: "string" });
const BUCKET_AND_KEYS = record({ bucket: "string", keys: list(string) });

const bucketAndKey = (_: unknown, bucket: Bucket, key: string): unknown => ({ bucket: bucket.name, key });
const bucketAndKeys = (_: unknown, bucket: Bucket, keys: readonly string[]): unknown => ({
  bucket: bucket.name,
  keys,
});

export const eventual: HostInterface<KeyValuePort> = {
  name: "wasi:keyvalue/eventual",
  functions: {
    get: readRemote("golem keyvalue::eventual::get", {
      types: { request: BUCKET_AND_KEY, response: option(bytes) },
      request: bucketAndKey,
      run: (context, bucket: Bucket, key: string) => context.keyValue.get(bucket.name, key),
      toGuest: (_, value: Uint8Array | undefined) => ok(value && new IncomingValue(value)),
    }),
    set: writeRemote("golem keyvalue::eventual::set", {
      types: { request: record({ bucket: "string", key: "string", value: "u64" }), response: null },
      request: (_, bucket: Bucket, key: string, value: OutgoingValue) => ({
        bucket: bucket.name,
        key,
        value: BigInt(value.content().length),
      }),
      stores: (_, __: Bucket, key: string, value: OutgoingValue) => key.length + value.content().length,
      run: (context, bucket: Bucket, key: string, value: OutgoingValue) =>
        context.keyValue.set(bucket.name, key, value.content()),
      toGuest: () => ok(undefined),
    }),
    delete: writeRemote("golem keyvalue::eventual::delete", {
      types: { request: BUCKET_AND_KEY, response: null },
      request: bucketAndKey,
      run: (context, bucket: Bucket, key: string) => context.keyValue.delete(bucket.name, key),
      toGuest: () => ok(undefined),
    }),
    exists: readRemote("golem keyvalue::eventual::exists", {
      types: { request: BUCKET_AND_KEY, response: bool },
      request: bucketAndKey,
      run: (context, bucket: Bucket, key: string) => context.keyValue.get(bucket.name, key) !== undefined,
      toGuest: (_, found: boolean) => ok(found),
    }),
  },
};

/** The list of values, or nothing if any key is missing: that is Golem's behaviour. */
const getMany: DurableFunction<KeyValuePort> = readRemote("golem keyvalue::eventual_batch::get_many", {
  types: { request: BUCKET_AND_KEYS, response: option(list(bytes)) },
  request: bucketAndKeys,
  run: (context, bucket: Bucket, keys: readonly string[]) => {
    const values: Uint8Array[] = [];
    for (const key of keys) {
      const value = context.keyValue.get(bucket.name, key);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  },
  toGuest: (_, values: readonly Uint8Array[] | undefined, __: Bucket, keys: readonly string[]) =>
    ok(values === undefined ? keys.map(() => undefined) : values.map((value) => new IncomingValue(value))),
});

export const eventualBatch: HostInterface<KeyValuePort> = {
  name: "wasi:keyvalue/eventual-batch",
  functions: {
    "get-many": getMany,
    keys: readRemote("golem keyvalue::eventual_batch::get_keys", {
      types: { request: record({ bucket: "string" }), response: list(string) },
      request: (_, bucket: Bucket) => ({ bucket: bucket.name }),
      run: (context, bucket: Bucket) => context.keyValue.keys(bucket.name),
      toGuest: (_, keys: readonly string[]) => ok(keys),
    }),
    "set-many": writeRemote("golem keyvalue::eventual_batch::set_many", {
      types: {
        request: record({ bucket: "string", key_values: list(record({ key: "string", length: "u64" })) }),
        response: null,
      },
      request: (_, bucket: Bucket, entries: readonly (readonly [string, OutgoingValue])[]) => ({
        bucket: bucket.name,
        key_values: entries.map(([key, value]) => ({ key, length: BigInt(value.content().length) })),
      }),
      stores: (_, __: Bucket, entries: readonly (readonly [string, OutgoingValue])[]) =>
        entries.reduce((sum, [key, value]) => sum + key.length + value.content().length, 0),
      run: (context, bucket: Bucket, entries: readonly (readonly [string, OutgoingValue])[]) =>
        context.keyValue.setMany(
          bucket.name,
          entries.map(([key, value]) => [key, value.content()]),
        ),
      toGuest: () => ok(undefined),
    }),
    "delete-many": writeRemote("golem keyvalue::eventual_batch::delete_many", {
      types: { request: BUCKET_AND_KEYS, response: null },
      request: bucketAndKeys,
      run: (context, bucket: Bucket, keys: readonly string[]) =>
        context.keyValue.deleteMany(bucket.name, keys),
      toGuest: () => ok(undefined),
    }),
  },
};

/** Golem 1.2 does not implement these two interfaces: every call traps. */
function trapping(name: string, functions: readonly string[]): HostInterface<KeyValuePort> {
  const trap = (fn: string): HostFunction<KeyValuePort> =>
    direct(() => {
      throw new Error(
        `${name}.${fn} is not implemented by Golem 1.2. What to do: use wasi:keyvalue/eventual.`,
      );
    });
  return { name, functions: Object.fromEntries(functions.map((fn) => [fn, trap(fn)])) };
}

export const atomic: HostInterface<KeyValuePort> = trapping("wasi:keyvalue/atomic", [
  "increment",
  "compare-and-swap",
]);

export const cache: HostInterface<KeyValuePort> = trapping("wasi:keyvalue/cache", [
  "get",
  "exists",
  "set",
  "get-or-set",
  "delete",
  "[method]future-get-result.future-get-result-get",
  "[method]future-get-result.listen-to-future-get-result",
  "[method]future-exists-result.future-exists-result-get",
  "[method]future-exists-result.listen-to-future-exists-result",
  "[method]future-result.future-result-get",
  "[method]future-result.listen-to-future-result",
  "[method]future-get-or-set-result.future-get-or-set-result-get",
  "[method]future-get-or-set-result.listen-to-future-get-or-set-result",
  "[method]vacancy.vacancy-fill",
]);
