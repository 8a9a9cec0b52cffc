import { direct, readRemote, writeRemote, type HostInterface } from "../host-interface.ts";
import { bool, bytes, list, option, record, result, string, u64 } from "../../ground/wit/wit-types.ts";
import { ObjectNames } from "./object-names.ts";
import type { OutgoingValue } from "./outgoing-value.ts";
import type { IdentityPort, ClockPort, DurabilityPort, BlobsPort } from "../ports.ts";

type Ports = IdentityPort & ClockPort & DurabilityPort & BlobsPort;

/** A `container`: shared by every worker of every component. */
interface Container {
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: bigint;
}

interface ObjectId {
  readonly container: string;
  readonly object: string;
}

/** Of an object. */
interface RecordedMetadata {
  readonly name: string;
  readonly container: string;
  /** Milliseconds since the epoch. */
  readonly created_at: bigint;
  /** Bytes. */
  readonly size: bigint;
}

type Result<T> = { readonly tag: "ok"; readonly val: T } | { readonly tag: "err"; readonly val: string };

function ok<T>(val: T): Result<T> {
  return { tag: "ok", val };
}

function err(val: string): Result<never> {
  return { tag: "err", val };
}

const CONTAINER = record({ container: "string" });
const OBJECT = record({ container: "string", object: "string" });
const COPY = record({
  src_container: "string",
  src_object: "string",
  dest_container: "string",
  dest_object: "string",
});
const OBJECT_METADATA = record({ name: "string", container: "string", created_at: "u64", size: "u64" });

const millis = (context: Ports): number => Number(context.now() / 1_000_000n);
const named = (_: unknown, name: string): unknown => ({ container: name });
const ofContainer = (_: unknown, container: Container): unknown => ({ container: container.name });
const ofObject = (_: unknown, container: Container, object: string): unknown => ({
  container: container.name,
  object,
});
const ofCopy = (_: unknown, source: ObjectId, target: ObjectId): unknown => ({
  src_container: source.container,
  src_object: source.object,
  dest_container: target.container,
  dest_object: target.object,
});
const toContainer = (_: unknown, found: Result<bigint>, name: string): Result<Container> =>
  found.tag === "ok" ? ok({ name, createdAt: found.val }) : found;

export const blobstore: HostInterface<Ports> = {
  name: "wasi:blobstore/blobstore",
  functions: {
    "create-container": writeRemote("golem blobstore::blobstore::create_container", {
      types: { request: CONTAINER, response: result(u64, string) },
      request: named,
      run: (context, name: string) =>
        ok(BigInt(context.blobs.createContainer(name, millis(context)).createdAt)),
      toGuest: toContainer,
    }),
    "get-container": readRemote("golem blobstore::blobstore::get_container", {
      types: { request: CONTAINER, response: result(option(u64), string) },
      request: named,
      run: (context, name: string) => {
        const found = context.blobs.container(name);
        return found === undefined ? err("Container not found") : ok(BigInt(found.createdAt));
      },
      toGuest: toContainer,
    }),
    "delete-container": writeRemote("golem blobstore::blobstore::delete_container", {
      types: { request: CONTAINER, response: result(null, string) },
      request: named,
      run: (context, name: string) => ok(context.blobs.deleteContainer(name)),
    }),
    "container-exists": readRemote("golem blobstore::blobstore::container_exists", {
      types: { request: CONTAINER, response: result(bool, string) },
      request: named,
      run: (context, name: string) => ok(context.blobs.container(name) !== undefined),
    }),
    "copy-object": writeRemote("golem blobstore::blobstore::copy_object", {
      types: { request: COPY, response: result(null, string) },
      request: ofCopy,
      stores: (context, source: ObjectId) => sizeOf(context, source),
      run: copy,
    }),
    "move-object": writeRemote("golem blobstore::blobstore::move_object", {
      types: { request: COPY, response: result(null, string) },
      request: ofCopy,
      run: move,
    }),
  },
};

function sizeOf(context: Ports, { container, object }: ObjectId): number {
  return context.blobs.info(container, object)?.size ?? 0;
}

function copy(context: Ports, source: ObjectId, target: ObjectId): Result<undefined> {
  if (context.blobs.container(target.container) === undefined) return err("Container not found");
  const copied = context.blobs.copy(placeOf(source), placeOf(target), millis(context));
  return copied ? ok(undefined) : err("Object does not exist");
}

/** A call that is made again, since its record was lost, finds nothing to be moved any more. */
function move(context: Ports, source: ObjectId, target: ObjectId): Result<undefined> {
  const { blobs, workerId, durability } = context;
  const moved = blobs.move(placeOf(source), placeOf(target), millis(context), workerId, durability.callId);
  if (moved === "moved") return ok(undefined);
  return err(moved === "no container" ? "Container not found" : "Object does not exist");
}

function placeOf({ container: name, object }: ObjectId): readonly [string, string] {
  return [name, object];
}

export const container: HostInterface<Ports> = {
  name: "wasi:blobstore/container",
  functions: {
    "[method]container.name": direct((_, self: Container) => ok(self.name)),
    "[method]container.info": direct((_, { name, createdAt }: Container) => ok({ name, createdAt })),
    "[method]container.get-data": readRemote("golem blobstore::container::get_data", {
      types: {
        request: record({ container: "string", object: "string", begin: "u64", end: "u64" }),
        response: result(bytes, string),
      },
      request: (_, self: Container, object: string, begin: bigint, end: bigint) => ({
        container: self.name,
        object,
        begin,
        end,
      }),
      run: readRange,
      toGuest: (_, content: Result<Uint8Array>) => content,
    }),
    "[method]container.write-data": writeRemote("golem blobstore::container::write_data", {
      types: {
        request: record({ container: "string", object: "string", length: "u64" }),
        response: result(null, string),
      },
      request: (_, self: Container, object: string, data: OutgoingValue) => ({
        container: self.name,
        object,
        length: BigInt(data.content().length),
      }),
      stores: (_, __: Container, object: string, data: OutgoingValue) =>
        object.length + data.content().length,
      run: (context, self: Container, object: string, data: OutgoingValue) => {
        if (context.blobs.container(self.name) === undefined) return err("Container not found");
        return ok(context.blobs.write(self.name, object, data.content(), millis(context)));
      },
    }),
    "[method]container.list-objects": readRemote("golem blobstore::container::list_object", {
      types: { request: CONTAINER, response: result(list(string), string) },
      request: ofContainer,
      run: (context, self: Container) => ok(context.blobs.objects(self.name)),
      toGuest: (_, names: Result<readonly string[]>) =>
        names.tag === "ok" ? ok(new ObjectNames(names.val)) : names,
    }),
    "[method]container.delete-object": writeRemote("golem blobstore::container::delete_object", {
      types: { request: OBJECT, response: result(null, string) },
      request: ofObject,
      run: (context, self: Container, object: string) => ok(context.blobs.delete(self.name, [object])),
    }),
    "[method]container.delete-objects": writeRemote("golem blobstore::container::delete_objects", {
      types: {
        request: record({ container: "string", objects: list(string) }),
        response: result(null, string),
      },
      request: (_, self: Container, objects: readonly string[]) => ({ container: self.name, objects }),
      run: (context, self: Container, objects: readonly string[]) =>
        ok(context.blobs.delete(self.name, objects)),
    }),
    "[method]container.has-object": readRemote("golem blobstore::container::has_object", {
      types: { request: OBJECT, response: result(bool, string) },
      request: ofObject,
      run: (context, self: Container, object: string) =>
        ok(context.blobs.info(self.name, object) !== undefined),
    }),
    "[method]container.object-info": readRemote("golem blobstore::container::object_info", {
      types: { request: OBJECT, response: result(OBJECT_METADATA, string) },
      request: ofObject,
      run: (context, self: Container, object: string) => {
        const found = context.blobs.info(self.name, object);
        if (found === undefined) return err("Object does not exist");
        const { size, createdAt } = found;
        return ok({ name: object, container: self.name, created_at: BigInt(createdAt), size: BigInt(size) });
      },
      toGuest: (_, found: Result<RecordedMetadata>) => {
        if (found.tag === "err") return found;
        const { created_at: createdAt, ...metadata } = found.val;
        return ok({ ...metadata, createdAt });
      },
    }),
    "[method]container.clear": writeRemote("golem blobstore::container::clear", {
      types: { request: CONTAINER, response: result(null, string) },
      request: ofContainer,
      run: (context, self: Container) => ok(context.blobs.empty(self.name)),
    }),
    "[method]stream-object-names.read-stream-object-names": direct((_, names: ObjectNames, count: bigint) =>
      ok(names.read(count)),
    ),
    "[method]stream-object-names.skip-stream-object-names": direct((_, names: ObjectNames, count: bigint) =>
      ok(names.skip(count)),
    ),
  },
};

/** Half-open range; one that reaches beyond the end is cut there. */
function readRange(
  context: Ports,
  self: Container,
  object: string,
  begin: bigint,
  end: bigint,
): Result<Uint8Array> {
  if (end < begin) return err(`Invalid range: it ends at ${end}, before its start at ${begin}`);
  const last = BigInt(Number.MAX_SAFE_INTEGER);
  const content = context.blobs.read(self.name, object, Number(begin), Number(end < last ? end : last));
  return content === undefined ? err("Object does not exist") : ok(content);
}
