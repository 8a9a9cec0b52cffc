import { expectTypeOf } from "vitest";

import type { Container } from "../src/blobstore.ts";
import {
  BlobStoreError,
  containerExists,
  copyObject,
  createContainer,
  deleteContainer,
  isBlobStoreError,
  moveObject,
  openContainer,
  type ByteRange,
  type Bytes,
  type ContainerInfo,
  type Content,
  type ObjectAddress,
  type ObjectInfo,
} from "../src/blobstore.ts";
import type { Bucket, KeyValueError } from "../src/keyvalue.ts";
import { isKeyValueError, type KeyValueErrorCode } from "../src/keyvalue.ts";

// Containers.
expectTypeOf(openContainer).parameters.toEqualTypeOf<
  [name: string, options?: { readonly create?: boolean } | undefined]
>();
expectTypeOf(openContainer).returns.toEqualTypeOf<Container>();
expectTypeOf(createContainer).toEqualTypeOf<(name: string) => Promise<void>>();
expectTypeOf(containerExists).toEqualTypeOf<(name: string) => Promise<boolean>>();
expectTypeOf(deleteContainer).toEqualTypeOf<(name: string) => Promise<void>>();
expectTypeOf(copyObject).toEqualTypeOf<(source: ObjectAddress, target: ObjectAddress) => Promise<void>>();
expectTypeOf(moveObject).toEqualTypeOf<(source: ObjectAddress, target: ObjectAddress) => Promise<void>>();
expectTypeOf<ObjectAddress>().toEqualTypeOf<{ readonly container: string; readonly object: string }>();
expectTypeOf<ContainerInfo>().toEqualTypeOf<{ readonly name: string; readonly createdAt: Date }>();
expectTypeOf<ObjectInfo>().toEqualTypeOf<{
  readonly name: string;
  readonly container: string;
  readonly size: number;
  readonly createdAt: Date;
}>();
expectTypeOf<ByteRange>().toEqualTypeOf<{ readonly start?: number; readonly end?: number }>();
expectTypeOf<string | Uint8Array | ReadableStream<Uint8Array> | Uint8Array[]>().toExtend<Content>();
expectTypeOf<Container>().toExtend<Disposable>();
expectTypeOf<Omit<Container, typeof Symbol.dispose | "json">>().toEqualTypeOf<{
  readonly name: string;
  put: (object: string, content: Content) => Promise<void>;
  putJson: (object: string, value: unknown) => Promise<void>;
  bytes: (object: string, range?: ByteRange) => Promise<Bytes | undefined>;
  text: (object: string) => Promise<string | undefined>;
  chunks: (object: string, range?: ByteRange) => Promise<AsyncGenerator<Bytes, void, undefined> | undefined>;
  stream: (object: string, range?: ByteRange) => Promise<ReadableStream<Bytes> | undefined>;
  has: (object: string) => Promise<boolean>;
  info: (object: string) => Promise<ObjectInfo | undefined>;
  list: (options?: {
    readonly prefix?: string;
    readonly skip?: number;
  }) => AsyncGenerator<string, void, undefined>;
  delete: (object: string) => Promise<void>;
  deleteMany: (objects: readonly string[]) => Promise<void>;
  clear: () => Promise<void>;
  describe: () => Promise<ContainerInfo>;
}>();
expectTypeOf(openContainer("c").json("o")).resolves.toEqualTypeOf<unknown>();
expectTypeOf(openContainer("c").json<{ n: number }>("o")).resolves.toEqualTypeOf<{ n: number } | undefined>();
expectTypeOf(isBlobStoreError).guards.toEqualTypeOf<BlobStoreError>();
expectTypeOf<Pick<BlobStoreError, "container" | "object">>().toEqualTypeOf<{
  readonly container: string;
  readonly object: string | undefined;
}>();
expectTypeOf(BlobStoreError).toExtend<abstract new (...args: never[]) => Error>();

// Buckets.
expectTypeOf<Bucket<Date, string>>().toExtend<Disposable>();
expectTypeOf<Omit<Bucket<Date, string>, typeof Symbol.dispose>>().toEqualTypeOf<{
  readonly name: string;
  get: (key: string) => Promise<Date | undefined>;
  set: (key: string, value: string) => Promise<void>;
  delete: (key: string) => Promise<void>;
  has: (key: string) => Promise<boolean>;
  size: (key: string) => Promise<number | undefined>;
  keys: () => Promise<string[]>;
  getMany: (wanted: readonly string[]) => Promise<(Date | undefined)[]>;
  setMany: (entries: Iterable<readonly [key: string, value: string]>) => Promise<void>;
  deleteMany: (unwanted: readonly string[]) => Promise<void>;
}>();
expectTypeOf<KeyValueErrorCode>().toEqualTypeOf<
  "keyvalue-store" | "keyvalue-invalid-value" | "keyvalue-invalid-name"
>();
expectTypeOf(isKeyValueError).guards.toEqualTypeOf<KeyValueError>();
expectTypeOf<Pick<KeyValueError, "code" | "bucket" | "key">>().toEqualTypeOf<{
  readonly code: KeyValueErrorCode;
  readonly bucket: string;
  readonly key: string | undefined;
}>();
